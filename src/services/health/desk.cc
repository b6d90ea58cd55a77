#include "services/health/desk.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "jobs/jobs.h"

namespace everseal::health {

namespace {

using std::chrono::days;
constexpr days kKept{90};

std::string_view type_of(Stage stage) {
  return stage == Stage::NeedsAction ? kRenewalFailure : kRenewalStateChange;
}

EntityStatus entity_status_of(const RenewalNews& news) {
  if (news.stage == Stage::Completed) return EntityStatus::Resolved;
  const bool is_well = news.stage == Stage::EndsSoon && news.reason.empty();
  return is_well ? EntityStatus::Pending : EntityStatus::Impaired;
}

// The event as the news leave it.
void apply(const RenewalNews& news, Event& event) {
  const bool is_over = news.stage == Stage::Completed;
  event.status = is_over ? EventStatus::Closed : EventStatus::Open;
  event.ends_at = is_over ? news.time : news.not_after;
  event.entity_status = entity_status_of(news);
  event.news = news;
}

}  // namespace

std::string Desk::new_arn(std::string_view type_code, const RenewalNews& news) const {
  const std::string code(type_code);
  return "arn:aws:health:" + news.region + "::event/" + std::string(kService) + '/' + code + '/' +
         code + '-' + random_uuid(random_);
}

Outcome Desk::report(sql::Transaction& tx, const RenewalNews& news) const {
  if (news.stage == Stage::Completed) {
    if (auto resolved = resolve_failure(tx, news); !resolved) return resolved;
  }
  if (auto stored = put(tx, type_of(news.stage), news); !stored) return stored;
  return jobs::add(tx, {std::string(kSweepJob), "", news.time + kKept, {}});
}

Outcome Desk::put(sql::Transaction& tx, std::string_view type_code, const RenewalNews& news) const {
  auto open = find_open(tx, news.certificate_arn, type_code);
  if (!open) return open.error();
  Event event;
  if (*open) {
    event = **std::move(open);
    ++event.revision;
  } else {
    event.arn = new_arn(type_code, news);
    event.type_code = type_code;
    event.started_at = news.time;
  }
  apply(news, event);
  const auto stored = *open ? update_event(tx, event) : insert_event(tx, event);
  if (!stored) return stored;
  return sink_.tell(tx, event);
}

// What failed before it succeeded keeps its reason, and is over.
Outcome Desk::resolve_failure(sql::Transaction& tx, const RenewalNews& completed) const {
  const auto open = find_open(tx, completed.certificate_arn, kRenewalFailure);
  if (!open) return open.error();
  if (!*open) return {};
  Event event = **open;
  ++event.revision;
  event.status = EventStatus::Closed;
  event.entity_status = EntityStatus::Resolved;
  event.ends_at = event.news.time = completed.time;
  if (auto updated = update_event(tx, event); !updated) return updated;
  return sink_.tell(tx, event);
}

Result<jobs::Verdict> Sweep::operator()(const jobs::Execution&) const {
  const auto now = clock_.now();
  const auto more =
      database_.write([&](sql::Transaction& tx) { return drop_events(tx, now - kKept); });
  if (!more) return more.error();
  return jobs::Verdict::again(*more ? now : now + days{1});
}

}  // namespace everseal::health
