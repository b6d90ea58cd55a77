#include "services/lambda/runtime/environment.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "clock/time_text.h"
#include "services/lambda/runtime/errors.h"

namespace everseal::lambda::runtime {
namespace {

using std::chrono::milliseconds;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr milliseconds begins_within{10'000};
constexpr milliseconds between_looks{50};  // at its memory
constexpr std::int64_t megabyte = 1 << 20;

double since(std::chrono::steady_clock::time_point start) {
  return Milliseconds(std::chrono::steady_clock::now() - start).count();
}

std::string report(const Event& event, const sandbox::Limits& limits, double took,
                   std::int64_t most_memory, const std::optional<double>& beginning) {
  auto text = fmt::format(
      "REPORT RequestId: {}\tDuration: {:.2f} ms\tBilled Duration: {} ms\tMemory Size: {} MB\t"
      "Max Memory Used: {} MB\t",
      event.request_id, took, static_cast<std::int64_t>(std::ceil(took)),
      limits.memory_bytes / megabyte, (most_memory + megabyte - 1) / megabyte);
  if (beginning) text += fmt::format("Init Duration: {:.2f} ms\t", *beginning);
  return text;
}

}  // namespace

struct Environment::Finish {
  Ran ran;
  double took = 0;                    // milliseconds, from the moment the runtime had the event
  std::optional<double> beginning{};  // milliseconds that a new runtime took to ask for one
};

Result<std::unique_ptr<Environment>> Environment::start(const Tools& tools, Setup setup) {
  if (!setup.doors) setup.orders.ports = {runtime_api_port, endpoint_port};
  auto refusals = std::make_shared<Refusals>(setup.function_arn, tools.tell);
  auto child =
      tools.sandbox.start(setup.orders, setup.shown,
                          [refusals](const sandbox::Refusal& refusal) { refusals->tell(refusal); });
  if (!child) return child.error();
  return std::unique_ptr<Environment>(
      new Environment(tools, std::move(setup), *std::move(child), std::move(refusals)));
}

Environment::Environment(const Tools& tools, Setup setup, std::unique_ptr<sandbox::Child> child,
                         std::shared_ptr<Refusals> refusals)
    : tools_(tools),
      setup_(std::move(setup)),
      refusals_(std::move(refusals)),
      child_(std::move(child)),
      api_(setup_.doors ? setup_.doors->runtime_api.number() : child_->listening()[0].number(),
           tools.wall, setup_.doors ? setup_.doors->word : std::string()) {
  const auto& listening = setup_.doors ? setup_.doors->endpoint : child_->listening()[1];
  if (tools_.serve_endpoint) endpoint_ = tools_.serve_endpoint(listening.number());
}

Environment::~Environment() { kill(); }

void Environment::kill() {
  if (const auto left = child_->more_processes(); left > 0) {
    refusals_->tell({sandbox::Attempt::Outliving, fmt::format("{} processes", left)});
  }
  child_->kill();
}

bool Environment::is_usable(milliseconds timeout) {
  return !is_broken_ && !child_->ending() && tools_.clock.now() + timeout < setup_.expires;
}

Ran Environment::run(const Event& event, milliseconds timeout, Journal& journal) {
  refusals_->begin(event);
  journal.say("START RequestId: " + event.request_id + " Version: " + setup_.version);
  auto finish = wait_for_end(event, timeout, journal);
  read_output(journal);
  measure();
  if (is_broken_) kill();
  journal.finish();
  journal.say("END RequestId: " + event.request_id);
  journal.say(report(event, setup_.orders.limits, finish.took, most_memory_, finish.beginning));
  is_new_ = false;
  finish.ran.tail = journal.tail();
  finish.ran.log_stream = setup_.log_stream;
  finish.ran.took = finish.took;
  return std::move(finish.ran);
}

// Between two looks at its memory no process can take much more than it may have.
Environment::Finish Environment::wait_for_end(const Event& event, milliseconds timeout,
                                              Journal& journal) {
  Finish finish;
  auto begun = std::chrono::steady_clock::now();
  auto deadline = begun + begins_within + timeout;
  bool is_given = false;
  const auto ended = [&](Ran ran, bool broken) {
    is_broken_ = broken;
    finish.ran = std::move(ran);
    finish.took = since(begun);
    return std::move(finish);
  };
  while (true) {
    if (!is_given && api_.is_ready()) {
      if (is_new_) finish.beginning = since(started_);
      begun = std::chrono::steady_clock::now();
      deadline = begun + timeout;
      api_.give(event, tools_.wall.now() + timeout);
      is_given = true;
    }
    wait(deadline);
    read_output(journal);
    api_.serve();
    if (auto said = api_.take_said()) {
      const bool is_over = said->kind == Said::Kind::InitError;
      return ended(outcome_of(event, *std::move(said)), is_over);
    }
    if (const auto ending = child_->ending()) return ended(exited(event, *ending), true);
    measure();
    if (tools_.stopping != nullptr && *tools_.stopping) {
      return ended(exited(event, "the server stops"), true);
    }
    if (most_memory_ > setup_.orders.limits.memory_bytes) {
      refusals_->tell({sandbox::Attempt::MemoryLimit,
                       fmt::format("{} MB", setup_.orders.limits.memory_bytes / megabyte)});
      return ended(exited(event, "signal: killed"), true);
    }
    if (std::chrono::steady_clock::now() >= deadline) {
      const auto text = timed_out_text(timeout);
      refusals_->tell({sandbox::Attempt::TimeLimit, text});
      journal.say(to_iso8601_millis(tools_.clock.now()) + " " + event.request_id + " " + text);
      return ended(timed_out(event, text), true);
    }
  }
}

void Environment::wait(SteadyTime until) {
  std::vector<pollfd> wanted{{child_->watch().number(), POLLIN, 0},
                             {child_->output().number(), POLLIN, 0}};
  api_.add_to(wanted);
  const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
  poll(wanted.data(), wanted.size(),
       static_cast<int>(std::clamp(left, milliseconds(0), between_looks).count()));
}

void Environment::read_output(Journal& journal) {
  std::array<char, 64 << 10> space;
  // Not more than so much in one go: it may write faster than we read.
  constexpr int most_pieces = 64;
  for (int piece = 0; piece < most_pieces; ++piece) {
    const auto size = read(child_->output().number(), space.data(), space.size());
    if (size <= 0) return;
    journal.append({space.data(), static_cast<std::size_t>(size)});
  }
}

void Environment::measure() {
  most_memory_ = std::max(most_memory_, child_->memory_bytes());
  if (child_->is_storage_full()) {
    refusals_->tell({sandbox::Attempt::StorageLimit,
                     fmt::format("{} MB", setup_.orders.limits.temporary_bytes / megabyte)});
  }
}

}  // namespace everseal::lambda::runtime
