"""The only file that imports Great Expectations: it counts the rows that break each rule.

Importing it takes seconds, so this module is imported only when a delivery is judged.
"""

import logging
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import great_expectations
from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.core.metric_function_types import MetricPartialFunctionTypes
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.execution_engine.sqlalchemy_execution_engine import (
    SqlAlchemyExecutionEngine,
)
from great_expectations.expectations.core.expect_column_values_to_be_of_type import (
    ExpectColumnValuesToBeOfType,
)
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.expectation import Expectation as Expected
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metrics.metric_provider import metric_partial
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from sqlalchemy import literal_column

from sources.contracts.expectations import Expectation
from sources.gate.dialect import NAME, lend

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# It warns of our dialect at each type expectation.
logging.getLogger("great_expectations").setLevel(logging.ERROR)


class Broken(RuntimeError):
    """An expectation could not run, or `typed` has another shape: our failure, not bad data."""


_PLAIN: Any = Expected.__dict__["configuration"]


class _Settings(ExpectationConfiguration):
    """An expectation as settings, which make that expectation once.

    Great Expectations goes from the one to the other five times for each rule of each delivery.
    """

    _made: Any = None

    @classmethod
    def of(cls, expectation: Any) -> "_Settings":
        """Return the settings of an expectation; they do not change, and are kept with it."""
        if expectation._built is None:
            plain = _PLAIN.__get__(expectation)
            expectation._built = cls(plain.type, kwargs=plain.kwargs, meta=plain.meta)
        built: _Settings = expectation._built
        return built

    def to_domain_obj(self) -> Any:
        """Return the expectation of these settings."""
        if self._made is None:
            self._made = super().to_domain_obj()
            self._made._built = self
        return self._made

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Settings":
        """Return the same settings, to be changed: their expectation is made anew."""
        return _Settings(self.type, kwargs=deepcopy(self.kwargs, memo), meta=self.meta)


class RowsBroken(TableMetricProvider):
    """How many rows break a rule: an aggregate, so that one query counts for all rules."""

    metric_name = "rows.broken"
    value_keys = ("broken",)

    @metric_partial(
        engine=SqlAlchemyExecutionEngine,
        partial_fn_type=MetricPartialFunctionTypes.AGGREGATE_FN,
        domain_type=MetricDomainTypes.TABLE,
    )
    def _sqlalchemy(
        cls,  # noqa: N805 (Great Expectations makes it a class method)
        execution_engine: Any,
        metric_domain_kwargs: Any,
        metric_value_kwargs: Any,
        **_: Any,
    ) -> Any:
        broken = metric_value_kwargs["broken"]
        return literal_column(f"count(CASE WHEN {broken} THEN 1 END)"), metric_domain_kwargs, {}


class NoRowBroken(BatchExpectation):
    """Expect that no row breaks a rule: what an `UnexpectedRowsExpectation` of it expects.

    That one reads the table once for each rule, and fetches the rows besides; the gate finds its
    rows itself. `broken` is the rule's predicate.
    """

    broken: str

    metric_dependencies: ClassVar[tuple[str, ...]] = ("rows.broken",)
    success_keys: ClassVar[tuple[str, ...]] = ("broken",)
    configuration = property(_Settings.of)

    _built: Any = PrivateAttr(None)

    def _validate(self, metrics: dict[str, Any], *_: Any, **__: Any) -> Any:
        rows = metrics["rows.broken"]
        return {"success": rows == 0, "result": {"observed_value": rows}}


class ColumnOfType(ExpectColumnValuesToBeOfType):
    """An `ExpectColumnValuesToBeOfType` that works its settings out once."""

    configuration = property(_Settings.of)

    _built: Any = PrivateAttr(None)


def _quicker(expected: Expectation) -> Expectation:
    """Return the same expectation as one of the two above, where it is."""
    if expected["type"] == "unexpected_rows_expectation":
        broken = {"broken": expected["meta"]["broken"]}
        return {**expected, "type": "no_row_broken", "kwargs": broken}
    if expected["type"] == "expect_column_values_to_be_of_type":
        return {**expected, "type": "column_of_type"}
    return expected


def count(con: "DuckDBPyConnection", suite: Sequence[Expectation]) -> dict[str, int]:
    """Run a suite on the table `typed`; return per code how many rows broke it.

    Raises Broken where an expectation raised, or where the shape of `typed` is not as expected.
    """
    with lend(con):
        results = _validate(suite)
    found: dict[str, int] = {}
    for result in results:
        code = str(result.expectation_config.meta["code"])
        _check(code, result)
        if code != "shape":
            found[code] = int(result.result["observed_value"])
    return found


def _validate(suite: Sequence[Expectation]) -> list[Any]:
    batch = _whole_table().get_batch()
    quicker = [_quicker(each) for each in suite]
    expected = great_expectations.ExpectationSuite(name="contract", expectations=quicker)
    plain = {"result_format": "BASIC", "partial_unexpected_count": 0}
    return batch.validate(expected, result_format=plain).results


@cache
def _whole_table() -> BatchDefinition[Any]:
    """Return the table `typed` of whatever connection is lent: set up once, counted every time."""
    context = great_expectations.get_context(mode="ephemeral", project_config=_nothing_kept())
    source = context.data_sources.add_sql("staging", connection_string=f"{NAME}://")
    table = source.add_table_asset("typed", table_name="typed")
    return table.add_batch_definition_whole_table("all")


def _nothing_kept() -> DataContextConfig:
    """Return a set-up that writes nothing, shows no progress and tells nobody."""
    return DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )


def _check(code: str, result: Any) -> None:
    raised = str(result.exception_info)
    if "'raised_exception': True" in raised:
        raise Broken(f"{code}: this expectation cannot run: {_first_error(raised)}")
    if code == "shape" and not result.success:
        raise Broken(f"typed is not as the contract says: {result.expectation_config}")


def _first_error(raised: str) -> str:
    """Return DuckDB's own sentence out of Great Expectations' stack of exceptions."""
    start = raised.find("(_duckdb.")
    return raised[max(start, 0) :][:300]
