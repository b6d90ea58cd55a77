#include "services/health/event_store.h"

#include <limits>
#include <string>

namespace everseal::health {

namespace {

template <class T>
Result<T> read_name(const sql::Row& row, std::size_t column) {
  const auto value = aws::named<T>(row.text(column));
  if (!value) return Fault::broken("a health event says " + row.text(column));
  return *value;
}

Result<Event> event_in(const sql::Row& row) {
  const auto status = read_name<EventStatus>(row, 5);
  if (!status) return status.error();
  const auto entity_status = read_name<EntityStatus>(row, 11);
  if (!entity_status) return entity_status.error();
  const auto stage = read_name<Stage>(row, 12);
  if (!stage) return stage.error();
  const bool is_failure = row.text(4) == kRenewalFailure;
  return Event{.id = row.integer(0),
               .arn = row.text(1),
               .type_code = is_failure ? kRenewalFailure : kRenewalStateChange,
               .status = *status,
               .started_at = row.time(6),
               .ends_at = row.time(7),
               .revision = row.integer(9),
               .entity_status = *entity_status,
               .news = {.stage = *stage,
                        .certificate_arn = row.text(10),
                        .account = row.text(2),
                        .region = row.text(3),
                        .domain_name = row.text(13),
                        .domains = row.integer(14),
                        .not_after = row.time(15),
                        .reason = row.text(16),
                        .remedy = row.text(17),
                        .time = row.time(8)}};
}

Result<std::optional<Event>> maybe_event(const Result<std::optional<sql::Row>>& row) {
  if (!row) return row.error();
  if (!*row) return std::optional<Event>{};
  auto event = event_in(**row);
  if (!event) return event.error();
  return std::optional(*std::move(event));
}

}  // namespace

Result<std::optional<Event>> find_open(sql::Snapshot& view, std::string_view certificate_arn,
                                       std::string_view type_code) {
  return maybe_event(view.one(
      "SELECT id, arn, account, region, type_code, status, started_at, ends_at, updated_at, "
      "revision, entity, entity_status, stage, domain_name, domains, not_after, reason, remedy "
      "FROM health_event WHERE entity = $1 AND type_code = $2 AND status = 'open'",
      certificate_arn, type_code));
}

Result<std::optional<Event>> find_event(sql::Snapshot& view, std::string_view account,
                                        std::string_view arn) {
  return maybe_event(view.one(
      "SELECT id, arn, account, region, type_code, status, started_at, ends_at, updated_at, "
      "revision, entity, entity_status, stage, domain_name, domains, not_after, reason, remedy "
      "FROM health_event WHERE arn = $1 AND account = $2",
      arn, account));
}

Outcome insert_event(sql::Transaction& tx, const Event& event) {
  const auto& news = event.news;
  const auto inserted = tx.run(
      "INSERT INTO health_event (arn, account, region, type_code, status, started_at, ends_at, "
      "updated_at, revision, entity, entity_status, stage, domain_name, domains, not_after, "
      "reason, "
      "remedy) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
      event.arn, news.account, news.region, event.type_code, aws::name_of(event.status),
      event.started_at, event.ends_at, event.updated_at(), event.revision, news.certificate_arn,
      aws::name_of(event.entity_status), aws::name_of(news.stage), news.domain_name, news.domains,
      news.not_after, news.reason, news.remedy);
  if (!inserted) return inserted.error();
  return {};
}

Outcome update_event(sql::Transaction& tx, const Event& event) {
  const auto& news = event.news;
  const auto updated = tx.run(
      "UPDATE health_event SET status = $2, ends_at = $3, updated_at = $4, revision = $5, "
      "entity_status = $6, stage = $7, domain_name = $8, domains = $9, not_after = $10, "
      "reason = $11, remedy = $12 WHERE id = $1",
      event.id, aws::name_of(event.status), event.ends_at, event.updated_at(), event.revision,
      aws::name_of(event.entity_status), aws::name_of(news.stage), news.domain_name, news.domains,
      news.not_after, news.reason, news.remedy);
  if (!updated) return updated.error();
  return {};
}

Outcome each_event(sql::Snapshot& view, std::string_view account,
                   const std::optional<EventPosition>& after,
                   const std::function<bool(const Event&)>& use) {
  const auto last =
      after.value_or(EventPosition{from_millis(std::numeric_limits<std::int64_t>::max()), 0});
  Outcome outcome;
  const auto done = view.each(
      "SELECT id, arn, account, region, type_code, status, started_at, ends_at, updated_at, "
      "revision, entity, entity_status, stage, domain_name, domains, not_after, reason, remedy "
      "FROM health_event WHERE account = $1 AND (updated_at, id) < ($2, $3) "
      "ORDER BY updated_at DESC, id DESC",
      {account, last.updated_at, last.id}, [&](const sql::Row& row) {
        const auto event = event_in(row);
        if (!event) outcome = event.error();
        return event && use(*event);
      });
  return done ? outcome : done;
}

Result<bool> drop_events(sql::Transaction& tx, TimePoint updated_before) {
  constexpr std::int64_t most = 1000;
  const auto dropped = tx.run(
      "DELETE FROM health_event WHERE id IN "
      "(SELECT id FROM health_event WHERE updated_at < $1 ORDER BY updated_at LIMIT $2)",
      updated_before, most);
  if (!dropped) return dropped.error();
  return *dropped == most;
}

}  // namespace everseal::health
