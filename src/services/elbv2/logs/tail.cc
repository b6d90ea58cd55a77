#include "services/elbv2/logs/tail.h"

#include <algorithm>
#include <utility>

#include "services/elbv2/log_objects.h"
#include "services/elbv2/logs/entries.h"

namespace everseal::elbv2::logs {
namespace {

constexpr std::size_t most_kept = 4096;
constexpr std::size_t most_in_page = 500;
constexpr std::size_t most_waiting = 8;
constexpr std::chrono::minutes attention{1};

std::optional<std::string> if_any(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(visible(text));
}

}  // namespace

TailRecord shown(const gateway::ConnectionRecord& connection) {
  const bool has_tls = connection.handshake != gateway::Handshake::None;
  return {
      .type = "connection",
      .time = to_text(connection.at),
      .load_balancer = std::string(short_name(connection.load_balancer)),
      .listener_port = std::to_string(connection.here.port),
      .client = place(connection.client),
      .connection_id = connection.id,
      .tls_version = if_any(connection.tls_version),
      .outcome = has_tls ? std::optional(std::string(name_of(connection.handshake))) : std::nullopt,
      .subject = if_any(connection.subject),
      .serial_number = if_any(connection.serial_number)};
}

TailRecord shown(const gateway::RequestRecord& request) {
  const auto took = request.ended_at - request.began_at;
  TailRecord record{.type = "request",
                    .time = to_text(request.ended_at),
                    .load_balancer = std::string(short_name(request.load_balancer)),
                    .listener_port = std::to_string(request.here.port),
                    .client = place(request.client),
                    .connection_id = request.connection,
                    .tls_version = if_any(request.tls_version),
                    .method = if_any(request.method),
                    .url = visible(url_of(request, "-")),
                    .user_agent = if_any(request.user_agent),
                    .status = status_of(request),
                    .action = std::string(action_of(request)),
                    .rule = request.rule,
                    .target_status = request.target_status,
                    .duration_millis = std::chrono::floor<std::chrono::milliseconds>(took).count(),
                    .sent_octets = static_cast<std::int64_t>(request.sent_octets)};
  if (request.target) record.target = place(*request.target);
  return record;
}

template <class Record>
void Tail::add(const Record& record) {
  const std::lock_guard lock(mutex_);
  if (waiting_ == 0 && std::chrono::steady_clock::now() > watched_until_) {
    first_ += static_cast<std::int64_t>(kept_.size());
    kept_.clear();
    return;
  }
  kept_.push_back({record.load_balancer, shown(record)});
  if (kept_.size() > most_kept) {
    kept_.pop_front();
    ++first_;
  }
  changed_.notify_all();
}

void Tail::take(const gateway::ConnectionRecord& connection) { add(connection); }
void Tail::take(const gateway::RequestRecord& request) { add(request); }

// Whether there is anything to tell.
bool Tail::collect(std::int64_t after, const Wants& wants, Page& page) const {
  page.missed = std::max<std::int64_t>(0, first_ - after - 1);
  auto number = std::max(after + 1, first_);
  const auto end = first_ + static_cast<std::int64_t>(kept_.size());
  for (; number < end && page.records.size() < most_in_page; ++number) {
    const auto& kept = kept_[static_cast<std::size_t>(number - first_)];
    if (wants(kept.load_balancer_arn)) page.records.push_back(kept.record);
  }
  page.next = std::max(after, number - 1);
  return !page.records.empty();
}

std::optional<Tail::Page> Tail::next(std::optional<std::int64_t> after, const Wants& wants,
                                     std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::unique_lock lock(mutex_);
  if (waiting_ == most_waiting) return std::nullopt;
  const auto last = first_ + static_cast<std::int64_t>(kept_.size()) - 1;
  const auto begin = std::min(after.value_or(last), last);  // numbers of before a restart are none
  Page page;
  ++waiting_;
  auto seen = begin;
  std::int64_t missed = 0;
  changed_.wait_until(lock, deadline, [&] {
    const bool has_any = collect(seen, wants, page);
    missed += page.missed;
    seen = page.next;
    return has_any || is_stopped_;
  });
  --waiting_;
  page.missed = missed;
  watched_until_ = std::chrono::steady_clock::now() + attention;
  return page;
}

void Tail::stop() {
  const std::lock_guard lock(mutex_);
  is_stopped_ = true;
  changed_.notify_all();
}

}  // namespace everseal::elbv2::logs
