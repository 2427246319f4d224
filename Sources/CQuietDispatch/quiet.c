// libdispatch on Linux watches its worker threads with a timer of one second that never ends once a worker has run: sixty wake-ups a minute of a
// daemon at rest. All it does is to start another worker of a non-overcommitting pool when one of them blocks. Bellwether's serial queues
// overcommit, and its pool of readers holds as many jobs as there are cores and needs no more; so the two calls that enter a worker into the
// watch do nothing here. The executable is linked with --wrap for both names; linked dynamically, libdispatch keeps its own.
//
// swift-corelibs-libdispatch, src/event/workqueue.c and src/queue.c (_dispatch_worker_thread).
#include "quiet.h"

void __wrap__dispatch_workq_worker_register(void *queue) { (void)queue; }
void __wrap__dispatch_workq_worker_unregister(void *queue) { (void)queue; }
