"""Dagster assets: one per extract, the landed tables, the dbt models, the release.

Lives here: wiring of steps that exist elsewhere into assets. Must not live here: any rule about data.
"""

import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from queue import SimpleQueue
from typing import Any

from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    Failure,
    MaterializeResult,
    asset,
    multi_asset,
)
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage
from google.protobuf.json_format import MessageToDict

from orchestration import transform
from orchestration.build_run import BuildRun, fingerprint
from orchestration.check_sentences import failed_node
from orchestration.extracts.contract import Contract
from orchestration.extracts.ingest import IngestResult, ingest_extract, reland_missing
from orchestration.findings import count_of
from orchestration.frozen_landing import land_frozen, pin_frozen
from orchestration.product import product_version
from orchestration.release import publish, unchanged_since_current
from orchestration.workspace_landing import land_workspace

LOCK = "home_lock"
NODE_EVENTS = {"LogModelResult", "LogTestResult", "LogSeedResult", "LogSnapshotResult", "LogNodeNoOpResult"}
# Unit tests try the formulas on invented rows: they judge the product, not this city, and run with its tests.
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
# dbt's own words for a node that did not succeed.
FAILED = {"fail", "error", "runtime error"}
SPELLED_OUT: dict[str, str | int | None] = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
UMLAUTS = str.maketrans(SPELLED_OUT)


def team_of(office: str) -> str:
    """Dagster's spelling of an office as an owner."""
    folded = office.lower().translate(UMLAUTS)
    return "team:" + re.sub(r"[^a-z0-9]+", "_", folded).strip("_")


def extract_key(contract: Contract) -> AssetKey:
    """Asset key of an extract, `<group>/<extract_id>`."""
    return AssetKey([contract.group, contract.extract_id])


def rhythm_of(contract: Contract) -> str:
    """How often a delivery is expected, in words."""
    if contract.due is None:
        return "no fixed rhythm"
    every = "every year" if contract.due.every == 1 else f"every {contract.due.every} years"
    return f"{every}, {contract.due.days_after_period} days after the end of the period"


def _refusal(extract_id: str, result: IngestResult) -> str:
    """Where the errors are, never what stands there: Dagster's log keeps this text."""
    errors = (finding for finding in result.findings if finding.severity == "error")
    places = [replace(finding, message="see `sozialraum check`.", expected="") for finding in errors]
    listed = "\n".join(place.sentence() for place in places)
    return f"{extract_id}: {len(result.refused)} deliveries refused.\n{listed}"


def extract_asset(run: BuildRun, contract: Contract) -> AssetsDefinition:
    """The asset of one delivered file: its deliveries in the inbox are read, checked and landed."""
    deps = []
    if contract.area is not None and contract.area.point is not None:
        deps = [extract_key(run.workspace.contracts[contract.area.point.polygons])]

    @asset(
        key=extract_key(contract),
        group_name=contract.group,
        owners=[team_of(contract.owner)],
        description=f"{contract.title}. {contract.publisher}, {contract.licence}.",
        metadata={
            "purpose": contract.purpose,
            "legal_basis": contract.legal_basis,
            "rhythm": rhythm_of(contract),
        },
        kinds={contract.file.format},
        deps=deps,
        required_resource_keys={LOCK},
    )
    def delivered() -> MaterializeResult[None]:
        with run.stages.stage("ingest"):
            result = ingest_extract(run.settings, run.workspace, run.plan, contract.extract_id, run.withdrawn)
        run.results[contract.extract_id] = result
        run.progress(contract.extract_id)
        if result.has_errors:
            raise Failure(_refusal(contract.extract_id, result), allow_retries=False)
        return MaterializeResult(
            metadata={
                "accepted": len(result.accepted),
                "duplicates": len(result.duplicates),
                "warnings": count_of(result.findings, "warning"),
            }
        )

    return delivered


def landed_tables(run: BuildRun) -> AssetsDefinition:
    """The landed sources of the dbt project; the workspace's own tables are written beside them."""
    contracts = run.workspace.contracts.values()
    specs = [
        AssetSpec(
            ["landing", table],
            deps=[extract_key(contract) for contract in contracts],
            group_name="landing",
            description=f"Landed {table} of all extracts, beside the workspace's own tables.",
        )
        for table in ("observations", "offers", "areas")
    ]

    @multi_asset(name="landed_tables", specs=specs, required_resource_keys={LOCK})
    def landed() -> Iterator[MaterializeResult[None]]:
        if count_of(run.workspace_findings, "error"):
            raise Failure("The workspace has errors; see `sozialraum check`.", allow_retries=False)
        with run.stages.stage("ingest"):
            run.landing_findings = reland_missing(run.settings, run.workspace, run.plan, run.withdrawn)
            if count_of(run.landing_findings, "error"):
                raise Failure("Deliveries accepted earlier no longer fit the workspace.", allow_retries=False)
            land_workspace(run.settings, run.workspace, run.deliveries())
            land_frozen(run.settings, run.workspace)
        for spec in specs:
            yield MaterializeResult(spec.key)

    return landed


class Translator(DagsterDbtTranslator):
    """Models keep their schema as group; sources keep the names under which they are landed."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True))

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        schema = str(dbt_resource_props["schema"])
        return {"main": "marts"}.get(schema, schema)


def _node_events(run: BuildRun, dbt: Any) -> Iterator[dict[str, Any]]:
    """Run `dbt build` in a thread and yield its events of finished nodes as they come."""
    events: SimpleQueue[dict[str, Any] | BaseException | None] = SimpleQueue()

    def collect(event: Any) -> None:
        if event.info.name in NODE_EVENTS:
            events.put(MessageToDict(event, preserving_proto_field_name=True))

    def work() -> None:
        try:
            dbt.callbacks = [collect]
            result = transform.invoke(run.settings, run.dbt_target, dbt, "build", *WITHOUT_UNIT_TESTS)
            events.put(result.exception)
        except BaseException as error:
            events.put(error)

    thread = threading.Thread(target=work, name="dbt", daemon=True)
    thread.start()
    while isinstance(event := events.get(), dict):
        yield event
    thread.join()
    if event is not None:
        raise event


def _note(run: BuildRun, event: Mapping[str, Any], manifest: Mapping[str, Any]) -> None:
    node = event["data"].get("node_info", {})
    run.progress(str(node.get("node_name", "")))
    status = str(node.get("node_status", ""))
    if status == "pass":
        run.n_checks += 1
    if status in FAILED:
        run.failed_checks.append(failed_node(event, manifest))
    elif status == "warn":
        run.warnings.append(failed_node(event, manifest))


def transformed_models(run: BuildRun, dbt: Any, manifest: Mapping[str, Any]) -> AssetsDefinition:
    """All dbt models with their tests as checks, run by one resident dbtRunner in this process."""
    translator = Translator()

    @dbt_assets(
        manifest=manifest,
        name="transformed",
        dagster_dbt_translator=translator,
        required_resource_keys={LOCK},
    )
    def transformed(context: AssetExecutionContext) -> Iterator[Any]:
        with run.stages.stage("transform"):
            for event in _node_events(run, dbt):
                _note(run, event, manifest)
                message = DbtCoreCliEventMessage(raw_event=event, event_history_metadata={})
                yield from message.to_default_asset_events(manifest, translator, context, run.dbt_target)
        if run.failed_checks:
            listed = "\n".join(sentence.partition(":")[0] for sentence in run.failed_checks)
            raise Failure(f"{len(run.failed_checks)} checks failed.\n{listed}", allow_retries=False)

    return transformed


def published_release(run: BuildRun, models: AssetsDefinition) -> AssetsDefinition:
    """The release: one file per audience, audited, and the pointer flipped."""

    @asset(
        key=["release"],
        group_name="release",
        deps=list(models.keys),
        description="Immutable files of one release; current.json names it.",
        required_resource_keys={LOCK},
    )
    def release() -> MaterializeResult[None]:
        key = fingerprint(run.settings, run.workspace.digest)
        if not run.forced and unchanged_since_current(run.settings, key):
            return MaterializeResult(metadata={"unchanged": True})
        profiles = run.workspace.tables["disclosure_profiles"].set_index("profile_id")
        profile = profiles.loc[run.workspace.config.disclosure_default_profile]
        run.release = publish(
            run.settings,
            workspace_id=run.workspace.config.workspace_id,
            workspace_digest=run.workspace.digest,
            product_version=product_version(),
            fingerprint=key,
            inputs=[
                {
                    "delivery_id": event.delivery_id,
                    "extract_id": event.extract_id,
                    "sha256": event.sha256,
                    "file_name": event.file_name,
                }
                for event in run.deliveries()
            ],
            stages=run.stages,
            n_checks=run.n_checks,
            work_database=run.settings.work_database,
            semantic_manifest=run.dbt_target / "semantic_manifest.json",
            disclosure_note_de=str(profile["note_de"]),
            disclosure_note_en=str(profile["note_en"]),
            warnings=run.warnings,
        )
        pin_frozen(run.settings, run.workspace)
        run.progress("release")
        return MaterializeResult(metadata={"release": run.release})

    return release
