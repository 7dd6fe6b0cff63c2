"""What an idle node keeps in memory."""
import time

from processes import children, resident_megabytes

SECTION = "Memory"
IDLE_SECONDS = 2


def measure(bench):
    bench.say("memory of a fresh and idle node")
    with bench.node() as node:
        time.sleep(IDLE_SECONDS)
        bench.report.add(SECTION, "idle node, resident", resident_megabytes(node.process_id), "MB",
                         at_most=60)
        own = resident_megabytes(node.process_id, "RssAnon")
        bench.report.add(SECTION, "  of it not shared with files", own, "MB")
        for child in children(node.process_id):
            bench.report.add(SECTION, "an idle executor, resident", resident_megabytes(child), "MB")
            own = resident_megabytes(child, "RssAnon")
            bench.report.add(SECTION, "  of it not shared with files", own, "MB")
