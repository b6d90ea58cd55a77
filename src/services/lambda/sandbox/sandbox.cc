#include "services/lambda/sandbox/sandbox.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "services/lambda/sandbox/bubblewrap.h"
#include "services/lambda/sandbox/control.h"
#include "services/lambda/sandbox/launch.h"

namespace everseal::lambda::sandbox {
namespace {

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> both{};
  if (pipe2(both.data(), O_CLOEXEC) != 0) {
    return Fault::unavailable(std::string("pipe: ") + std::strerror(errno));
  }
  Pipe made{Descriptor(both[0]), Descriptor(both[1])};
  fcntl(both[0], F_SETFL, O_NONBLOCK);
  return made;
}

std::string everything_in(const Descriptor& output) {
  std::string text;
  std::array<char, 4096> space{};
  for (ssize_t size = 0; (size = read(output.number(), space.data(), space.size())) > 0;) {
    text.append(space.data(), static_cast<std::size_t>(size));
  }
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

// What bubblewrap itself wrote says more than that nothing came from within.
Fault reason(const Fault& fault, Child& child) {
  child.kill();
  const auto said = everything_in(child.output());
  return Fault::unavailable(said.empty() ? fault.cause : said);
}

std::vector<Shown> on_stage(std::vector<Shown> shown) {
  for (std::size_t index = 0; index < shown.size(); ++index) shown[index].from = stage_path(index);
  return shown;
}

}  // namespace

// As they are named, and as they are.
Sandbox::Sandbox(Settings settings) : settings_(std::move(settings)), hidden_(settings_.hidden) {
  for (const auto& path : settings_.hidden) {
    std::error_code ignored;
    hidden_.push_back(std::filesystem::weakly_canonical(path, ignored));
  }
}

Outcome Sandbox::check() {
  const std::lock_guard lock(mutex_);
  if (works_) return {};
  if (access(settings_.bubblewrap.c_str(), X_OK) != 0) {
    return Fault::unavailable(settings_.bubblewrap +
                              " is not there; functions need the package bubblewrap");
  }
  Orders orders;
  orders.command = {"/usr/bin/true"};
  auto child = start(orders, {});
  if (!child) return child.error();
  const auto timeout = static_cast<int>(settings_.begins_within.count());
  pollfd ended{.fd = (*child)->watch().number(), .events = POLLIN, .revents = 0};
  poll(&ended, 1, timeout);
  const auto ending = (*child)->ending();
  if (ending != "exit status: 0") {
    return reason(Fault::unavailable(ending.value_or("a sandbox does not end")), **child);
  }
  works_ = true;
  return {};
}

Result<std::unique_ptr<Child>> Sandbox::start(Orders orders, const std::vector<Shown>& shown,
                                              TellRefusal tell) {
  orders.watched = static_cast<bool>(tell);
  orders.network = settings_.network;
  auto output = make_pipe();
  if (!output) return output.error();
  auto both = Control::pair();
  if (!both) return both.error();
  auto& [ours, theirs] = *both;
  const int number = theirs.number();

  auto all = shown;
  std::error_code ignored;
  all.push_back({.from = std::filesystem::read_symlink(settings_.first_process, ignored),
                 .at = first_process_path});
  if (ignored) all.back().from = settings_.first_process;
  const bool staged = runs_as_root();
  const auto process = launch({.command = bubblewrap_command(settings_, orders.limits,
                                                             staged ? on_stage(all) : all, number),
                               .control = number,
                               .output = output->write.number()},
                              staged ? all : std::vector<Shown>{});
  if (!process) return process.error();
  theirs.close();
  output->write.close();

  Descriptor watch(static_cast<int>(syscall(SYS_pidfd_open, *process, 0)));
  auto child = std::make_unique<Child>(*process, std::move(watch), std::move(output->read));
  const auto begun = begin(Control(std::move(ours)), orders, *child, std::move(tell));
  if (begun) return child;
  if (begun.error().kind == Fault::Kind::Malformed) return begun.error();
  return reason(begun.error(), *child);
}

Outcome Sandbox::begin(const Control& control, const Orders& orders, Child& child,
                       TellRefusal tell) {
  if (auto sent = control.send_orders(orders); !sent) return sent;
  auto listening = control.receive_ready(orders.ports.size(), settings_.begins_within);
  if (!listening) return listening.error();
  child.take_listening(*std::move(listening));
  if (orders.watched) {
    auto asks = control.receive_watch(settings_.begins_within);
    if (!asks) return asks.error();
    auto watching = watch_.add(*std::move(asks),
                               {.hidden = hidden_,
                                .processes = orders.limits.processes,
                                .outermost = child.process(),
                                .network = settings_.network},
                               std::move(tell));
    if (!watching) return watching.error();
    child.keep(*std::move(watching));
  }
  const auto failure = control.failure(settings_.begins_within);
  if (!failure.empty()) return Fault::malformed(failure);
  return {};
}

}  // namespace everseal::lambda::sandbox
