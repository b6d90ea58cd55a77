#include "services/lambda/sandbox/first_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "descriptor/descriptor.h"
#include "services/lambda/sandbox/control.h"
#include "services/lambda/sandbox/orders.h"
#include "services/lambda/sandbox/system_calls.h"

namespace everseal::lambda::sandbox {
namespace {

constexpr int waiting_connections = 128;
constexpr int cannot_begin = 125;
// What a runtime takes before the function has any: thread stacks, code that is made at run time.
constexpr std::int64_t runtime_bytes = 512LL << 20;

Fault failed(std::string_view what) {
  return Fault::unavailable(std::string(what) + ": " + std::strerror(errno));
}

Result<Descriptor> listen_on(std::uint16_t port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket.is_open()) return failed("socket");
  const int yes = 1;
  setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      listen(socket.number(), waiting_connections) != 0) {
    return failed("listen on 127.0.0.1:" + std::to_string(port));
  }
  return socket;
}

Outcome limit(__rlimit_resource resource, std::int64_t most) {
  const rlimit both{static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
  if (setrlimit(resource, &both) != 0) return failed("setrlimit");
  return {};
}

Outcome limit_all(const Limits& limits) {
  if (auto done = limit(RLIMIT_CORE, 0); !done) return done;
  if (auto done = limit(RLIMIT_NPROC, limits.processes); !done) return done;
  if (auto done = limit(RLIMIT_NOFILE, limits.open_files); !done) return done;
  if (auto done = limit(RLIMIT_FSIZE, limits.temporary_bytes); !done) return done;
  if (auto done = limit(RLIMIT_MEMLOCK, 64 << 10); !done) return done;
  return limit(RLIMIT_MSGQUEUE, 0);
}

// Of those that this machine lets it have, others than its neighbours as chance has it. The filter
// of system calls keeps it there, and all that it begins.
Outcome limit_cpus(std::int64_t most) {
  cpu_set_t there;
  if (sched_getaffinity(0, sizeof there, &there) != 0) return failed("sched_getaffinity");
  const auto count = static_cast<unsigned>(CPU_COUNT(&there));
  if (most >= count) return {};
  unsigned first = 0;
  if (getrandom(&first, sizeof first, 0) != sizeof first) return failed("getrandom");
  first %= count;
  cpu_set_t its;
  CPU_ZERO(&its);
  unsigned seen = 0;
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &there)) continue;
    if ((seen++ + count - first) % count < most) CPU_SET(cpu, &its);
  }
  if (sched_setaffinity(0, sizeof its, &its) != 0) return failed("sched_setaffinity");
  return {};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

Outcome forbid(const Control& control, const Orders& orders) {
  if (!orders.watched) return forbid_system_calls(orders.network);
  const auto asks = forbid_system_calls_watched(orders.network);
  if (!asks) return asks.error();
  return control.send_watch(*asks);
}

Outcome become_runtime(const Control& control, Orders& orders) {
  constexpr int yielding = 5;  // the server itself goes first
  if (setpriority(PRIO_PROCESS, 0, yielding) != 0) return failed("setpriority");
  if (chdir(orders.folder.c_str()) != 0) return failed("chdir " + orders.folder);
  if (access(orders.command.front().c_str(), X_OK) != 0) {
    return failed("run " + orders.command.front());
  }
  if (auto done = limit_all(orders.limits); !done) return done;
  if (auto done = limit_cpus(orders.limits.cpus); !done) return done;
  if (auto done = forbid(control, orders); !done) return done;
  const auto arguments = pointers(orders.command);
  const auto environment = pointers(orders.environment);
  // The last, as this program itself may need more.
  if (auto done = limit(RLIMIT_DATA, orders.limits.memory_bytes + runtime_bytes); !done)
    return done;
  execve(arguments.front(), arguments.data(), environment.data());
  return failed("run " + orders.command.front());
}

Outcome begin(const Control& control) {
  auto orders = control.receive_orders();
  if (!orders) return orders.error();
  std::vector<Descriptor> listening;
  for (const auto port : orders->ports) {
    auto socket = listen_on(port);
    if (!socket) return socket.error();
    listening.push_back(*std::move(socket));
  }
  if (auto sent = control.send_ready(listening); !sent) return sent;
  listening.clear();
  return become_runtime(control, *orders);
}

}  // namespace

int run_first_process(int argc, char** argv) {
  if (argc != 1) return cannot_begin;
  const std::string_view text = argv[0];
  int number = -1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  // Nothing that the server had open reaches the function; that the control socket ends says that
  // the runtime has begun.
  constexpr unsigned first_other = 3;
  if (number > static_cast<int>(first_other)) {
    close_range(first_other, static_cast<unsigned>(number) - 1, 0);
  }
  close_range(static_cast<unsigned>(number) + 1, ~0U, 0);
  fcntl(number, F_SETFD, FD_CLOEXEC);
  const Control control{Descriptor(number)};
  const auto begun = begin(control);
  control.send_failure(begun.error().cause);
  return cannot_begin;
}

}  // namespace everseal::lambda::sandbox
