#include "services/lambda/runtime/environments.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "services/lambda/runtime/errors.h"

namespace everseal::lambda::runtime {

using SteadyClock = std::chrono::steady_clock;

namespace {

// The log of an invocation is whole, whatever it was.
Ran not_begun(const Event& event, const std::string& version, const std::string& cause,
              Journal& journal) {
  journal.say("START RequestId: " + event.request_id + " Version: " + version);
  journal.say(cause);
  journal.say("END RequestId: " + event.request_id);
  journal.say("REPORT RequestId: " + event.request_id + "\tDuration: 0.00 ms\t");
  auto ran = no_bootstrap(event, cause);
  ran.tail = journal.tail();
  return ran;
}

}  // namespace

// The right to run one, while it lasts.
class Environments::Slot {
 public:
  Slot(Environments& all, const Function& function) : all_(all), function_(function) {}
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  ~Slot() { all_.release(function_); }

 private:
  Environments& all_;
  const Function& function_;
};

Environments::Environments(Tools tools, Options options)
    : tools_{.sandbox = tools.sandbox,
             .wall = tools.wall,
             .clock = tools.clock,
             .serve_endpoint = std::move(tools.serve_endpoint),
             .stopping = &stopping_,
             .tell = std::move(tools.tell)},
      options_(options),
      thread_([this](const std::stop_token& stop) { end_idle_ones(stop); }) {}

Environments::~Environments() = default;

Result<Environments::AtOnce, NotRun> Environments::admit(const Function& function) {
  const std::lock_guard lock(mutex_);
  auto& of_this = of_one_[function.arn];
  if (function.reserved && of_this >= *function.reserved) {
    if (of_this == 0) of_one_.erase(function.arn);
    return NotRun{NotRun::Why::ReservedThrottled, {}};
  }
  if (stopping_ || running_ >= options_.most_at_once) {
    if (of_this == 0) of_one_.erase(function.arn);
    return NotRun{NotRun::Why::Throttled, {}};
  }
  ++of_this;
  ++running_;
  return AtOnce{running_, of_this};
}

void Environments::release(const Function& function) {
  const std::lock_guard lock(mutex_);
  --running_;
  const auto of_this = of_one_.find(function.arn);
  if (--of_this->second == 0) of_one_.erase(of_this);
}

std::unique_ptr<Environment> Environments::take_idle(const Function& function) {
  std::list<Idle> unusable;  // ended without the lock
  const std::lock_guard lock(mutex_);
  for (auto at = idle_.begin(); at != idle_.end();) {
    const auto here = at++;
    if (here->arn != function.arn || here->version != function.version) continue;
    if (here->revision == function.revision && here->environment->is_usable(function.timeout)) {
      auto taken = std::move(here->environment);
      idle_.erase(here);
      return taken;
    }
    unusable.splice(unusable.end(), idle_, here);
  }
  return nullptr;
}

void Environments::keep_idle(const Function& function, std::unique_ptr<Environment> environment) {
  std::list<Idle> too_many;
  const std::lock_guard lock(mutex_);
  if (stopping_) {
    too_many.push_back(
        {function.arn, function.version, function.revision, std::move(environment), {}});
    return;
  }
  idle_.push_back({function.arn, function.version, function.revision, std::move(environment),
                   SteadyClock::now()});
  if (idle_.size() > options_.most_idle) too_many.splice(too_many.end(), idle_, idle_.begin());
}

Result<Ran, NotRun> Environments::run(const Function& function, const Event& event,
                                      const MakeSetup& make_setup, Journal& journal) {
  const auto admitted = admit(function);
  if (!admitted) return admitted.error();
  const Slot slot(*this, function);
  auto environment = take_idle(function);
  if (!environment) {
    if (const auto works = tools_.sandbox.check(); !works) {
      return NotRun{NotRun::Why::NoSandbox, works.error().cause};
    }
    auto setup = make_setup();
    if (!setup) return NotRun{NotRun::Why::NoSandbox, setup.error().cause};
    auto begun = Environment::start(tools_, *std::move(setup));
    if (!begun && begun.error().kind == Fault::Kind::Malformed) {
      return not_begun(event, function.version, begun.error().cause, journal);
    }
    if (!begun) return NotRun{NotRun::Why::NoSandbox, begun.error().cause};
    environment = *std::move(begun);
  }
  auto ran = environment->run(event, function.timeout, journal);
  ran.at_once = admitted->all;
  ran.of_function_at_once = admitted->of_function;
  if (environment->is_usable(function.timeout)) keep_idle(function, std::move(environment));
  return ran;
}

void Environments::stop() {
  std::list<Idle> all;
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  all.swap(idle_);
}

void Environments::forget(const std::string& function_arn) {
  std::list<Idle> forgotten;
  const std::lock_guard lock(mutex_);
  for (auto at = idle_.begin(); at != idle_.end();) {
    const auto here = at++;
    if (here->arn == function_arn) forgotten.splice(forgotten.end(), idle_, here);
  }
}

void Environments::end_idle_ones(const std::stop_token& stop) {
  const auto between = std::max(options_.idle / 4, std::chrono::milliseconds(10));
  while (!stop.stop_requested()) {
    std::list<Idle> old;
    std::unique_lock lock(mutex_);
    stop_asked_.wait_for(lock, stop, between, [] { return false; });
    const auto since = SteadyClock::now() - options_.idle;
    while (!idle_.empty() && idle_.front().since < since) {
      old.splice(old.end(), idle_, idle_.begin());
    }
    lock.unlock();
  }
}

}  // namespace everseal::lambda::runtime
