"""Exact optima of small random choices under a budget, by HiGHS, for the test that compares ours with them.

Usage: shortlist_optima.py benches/shortlist_optima.csv (Python 3.9 or newer, highspy 1.16.0 from PyPI; ten minutes). The generator is that of
`benches/parts/shortlist_instance.rs`: SplitMix64, so both sides make the same instances.
"""

import sys

import highspy

MASK = (1 << 64) - 1


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, n):
        return (self.next() >> 33) % n


def instance(number, n_candidates=40, n_people=400):
    """Candidates with people of a scene and a few of others, prices that follow size loosely, a budget for a part of them."""
    random = SplitMix64(number)
    weights = [1 + random.below(16) for _ in range(n_people)]
    lists, costs = [], []
    for _ in range(n_candidates):
        size, scene = 10 + random.below(51), random.below(4)
        people = set()
        for _ in range(size):
            near = random.below(10) < 7
            people.add(scene * (n_people // 4) + random.below(n_people // 4) if near else random.below(n_people))
        lists.append(sorted(people))
        costs.append(5 + size * (8 + random.below(17)) // 16)
    budget = sum(costs) * (10 + random.below(31)) // 100
    most = [n_candidates, 6][random.below(2)]
    return weights, lists, costs, budget, most


def optimum(weights, lists, costs, budget, most, seconds=None):
    """Most sixteenths of people: x buys candidates, y counts people once. Returns value and whether it is proved optimal."""
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("threads", 1)
    if seconds:
        model.setOptionValue("time_limit", float(seconds))
    n, reached = len(lists), {}
    for candidate, people in enumerate(lists):
        for person in people:
            reached.setdefault(person, []).append(candidate)
    for _ in range(n):
        model.addVar(0.0, 1.0)
    model.changeColsIntegrality(n, list(range(n)), [highspy.HighsVarType.kInteger] * n)
    persons = sorted(reached)
    for column, person in enumerate(persons):
        model.addVar(0.0, 1.0)
        model.changeColCost(n + column, float(weights[person]))
    model.changeObjectiveSense(highspy.ObjSense.kMaximize)
    model.addRow(-highspy.kHighsInf, float(budget), n, list(range(n)), [float(cost) for cost in costs])
    model.addRow(-highspy.kHighsInf, float(most), n, list(range(n)), [1.0] * n)
    for column, person in enumerate(persons):
        of = reached[person]
        model.addRow(-highspy.kHighsInf, 0.0, len(of) + 1, [n + column] + of, [1.0] + [-1.0] * len(of))
    model.run()
    is_proved = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return model.getInfo().objective_function_value, is_proved


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="ascii") as out:
        print("instance,optimum_sixteenths", file=out)
        for number in range(200):
            value, is_proved = optimum(*instance(number))
            assert is_proved, number
            print(f"{number},{round(value)}", file=out, flush=True)
