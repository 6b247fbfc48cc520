"""Times our choice under a budget against HiGHS on the same instances. Called by shortlist_peer.sh."""

import json
import subprocess
import sys
import time

from shortlist_optima import optimum


def ours(binary, n_candidates, n_people, number):
    return json.loads(subprocess.run([binary, str(n_candidates), str(n_people), str(number)], check=True, capture_output=True).stdout)


def main(binary, limit):
    print(f"{'candidates':>10} {'ours s':>8} {'HiGHS s':>8} {'times':>7} {'ours of HiGHS':>13} {'bound above ours':>16}")
    for n_candidates, n_people, repeats in [(40, 400, 5), (100, 1_000, 5), (200, 2_000, 3), (400, 4_000, 2), (1_000, 10_000, 1)]:
        for number in range(repeats):
            found = ours(binary, n_candidates, n_people, number)
            begun = time.perf_counter()
            value, is_proved = optimum(found["weights"], found["lists"], found["costs"], found["budget"], found["most"], limit)
            seconds = time.perf_counter() - begun
            gap = f"{100 * (found['upper_bound'] / found['value'] - 1):.1f} %"
            note = "" if is_proved else f"  not finished in {limit} s"
            print(
                f"{n_candidates:>10} {found['seconds']:>8.3f} {seconds:>8.2f} {seconds / found['seconds']:>7.0f} "
                f"{found['value'] / value:>13.4f} {gap:>16}{note}",
                flush=True,
            )
    found = ours(binary, 100_000, 1_000_000, 0)
    print(f"{100_000:>10} {found['seconds']:>8.2f} {'-':>8} {'-':>7} {'-':>13} {100 * (found['upper_bound'] / found['value'] - 1):>14.1f} %")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
