"""The table at the end of a run."""
import dataclasses


@dataclasses.dataclass
class Figure:
    name: str
    value: float
    unit: str
    # None, or the least ("min") or most ("max") that the design asks for.
    goal: float | None = None
    kind: str = "min"

    @property
    def is_met(self):
        if self.goal is None:
            return None
        return self.value >= self.goal if self.kind == "min" else self.value <= self.goal

    def line(self):
        goal = verdict = ""
        if self.goal is not None:
            sign = ">=" if self.kind == "min" else "<="
            goal = f"{sign} {written(self.goal)}"
            verdict = "met" if self.is_met else "MISSED"
        return f"  {self.name:<62}{written(self.value):>10} {self.unit:<12}{goal:>10}  {verdict}"


def written(value):
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 100 else f"{value:.2f}"


class Report:
    def __init__(self):
        self.sections = {}

    def add(self, section, name, value, unit, at_least=None, at_most=None):
        goal, kind = (at_least, "min") if at_most is None else (at_most, "max")
        figure = Figure(name, value, unit, goal, kind)
        self.sections.setdefault(section, []).append(figure)
        print(figure.line(), flush=True)

    @property
    def every_goal_is_met(self):
        figures = [figure for section in self.sections.values() for figure in section]
        return all(figure.is_met is not False for figure in figures)

    def show(self, seconds):
        print(f"\nFigures of this run of {seconds:.0f} s; processor time is user and system time.")
        for section, figures in self.sections.items():
            print(f"\n{section}")
            for figure in figures:
                print(figure.line())
