#include "events_for_services.h"

#include <cstdint>
#include <string>
#include <utility>

#include "aws/arn.h"
#include "aws/document.h"
#include "aws/protocol/json.h"
#include "clock/time_text.h"
#include "services/acm/renewal_schedule.h"
#include "services/events/bus.h"

namespace everseal::app {

namespace {

constexpr std::string_view own_source = "everseal.acm-pca";

health::Stage stage_of(acm::RenewalNews::Kind kind) {
  switch (kind) {
    case acm::RenewalNews::Kind::Completed:
      return health::Stage::Completed;
    case acm::RenewalNews::Kind::NeedsAction:
      return health::Stage::NeedsAction;
    case acm::RenewalNews::Kind::EndsSoon:
      return health::Stage::EndsSoon;
    case acm::RenewalNews::Kind::Ended:
      return health::Stage::Ended;
  }
  return health::Stage::NeedsAction;
}

}  // namespace

Outcome DefaultBuses::put(sql::Transaction& tx, std::string_view account, std::string_view region,
                          events::Event event) const {
  event.id = random_uuid(random_);
  event.bus = {.account = std::string(account),
               .region = std::string(region),
               .name = std::string(events::kDefaultBus)};
  return events::put(tx, event, clock_.now());
}

Outcome EventsOfHealth::tell(sql::Transaction& tx, const health::Event& event) {
  return buses_.put(tx, event.news.account, event.news.region,
                    {.source = std::string(health::kSource),
                     .detail_type = std::string(health::kDetailType),
                     .time = event.updated_at(),
                     .resources = {event.news.certificate_arn},
                     .detail = health::message_of(event)});
}

Outcome EventsOfAcm::tell(sql::Transaction& tx, const acm::Event& event) {
  return buses_.put(tx, event.account, event.region,
                    {.source = "aws.acm",
                     .detail_type = std::string(event.detail_type),
                     .time = event.time,
                     .resources = {event.certificate_arn},
                     .detail = event.detail});
}

Outcome EventsOfPrivateCa::announce(sql::Transaction& tx,
                                    const acmpca::Announcement& announcement) {
  const bool is_failure = !announcement.failure.empty();
  aws::Document::Members detail{
      {"result", aws::Document(std::string(is_failure ? "failure" : "success"))}};
  if (is_failure) detail.emplace_back("reason", aws::Document(announcement.failure));
  return buses_.put(tx, announcement.account, announcement.region,
                    {.source = "aws.acm-pca",
                     .detail_type = std::string(announcement.detail_type),
                     .time = announcement.time,
                     .resources = announcement.resources,
                     .detail = aws::protocol::print_json(aws::Document(std::move(detail)))});
}

Outcome EventsOfPrivateCa::announce(sql::Transaction& tx, const acmpca::EndNotice& notice) {
  const aws::Document detail(
      aws::Document::Members{{"daysToExpiry", aws::Document(std::int64_t{notice.days_left})},
                             {"subject", aws::Document(notice.subject)},
                             {"serial", aws::Document(notice.serial)},
                             {"notAfter", aws::Document(to_iso8601(notice.not_after))},
                             {"remedy", aws::Document(notice.remedy)}});
  return buses_.put(
      tx, notice.account, notice.region,
      {.source = std::string(own_source),
       .detail_type = notice.has_ended ? "Everseal CA Certificate Expired"
                                       : "Everseal CA Certificate Approaching Expiration",
       .time = notice.time,
       .resources = {notice.authority_arn},
       .detail = aws::protocol::print_json(detail)});
}

Outcome EventsOfAcm::tell(sql::Transaction& tx, const acm::RenewalNews& news) {
  const auto& reason = news.reason;
  return desk_.report(tx, {.stage = stage_of(news.kind),
                           .certificate_arn = news.certificate_arn,
                           .account = news.account,
                           .region = news.region,
                           .domain_name = news.domain_name,
                           .domains = static_cast<std::int64_t>(news.domains),
                           .not_after = news.not_after,
                           .reason = std::string(reason ? aws::name_of(*reason) : ""),
                           .remedy = std::string(reason ? acm::remedy(*reason) : ""),
                           .time = news.time});
}

Outcome Alarms::tell(const acmpca::Event& event) {
  log_.error(event.name,
             {{"ca", event.authority_arn}, {"object", event.object}, {"cause", event.detail}});
  const auto authority = aws::Arn::parse(event.authority_arn);
  if (!authority) return Fault::broken("no ARN of a CA: " + event.authority_arn);
  const aws::Document detail(
      aws::Document::Members{{"alarm", aws::Document(std::string(event.name))},
                             {"object", aws::Document(event.object)},
                             {"cause", aws::Document(event.detail)}});
  auto put = database_.write([&](sql::Transaction& tx) {
    return buses_.put(tx, authority->account(), authority->region(),
                      {.source = std::string(own_source),
                       .detail_type = "Everseal Revocation Alarm",
                       .time = clock_.now(),
                       .resources = {event.authority_arn},
                       .detail = aws::protocol::print_json(detail)});
  });
  if (!put) {
    log_.warning(
        "event.not_told",
        {{"ca", event.authority_arn}, {"event", event.name}, {"cause", put.error().cause}});
  }
  return put;
}

Outcome EventsOfLoadBalancers::tell(const elbv2::data_plane::Event& event) {
  const auto arn = aws::Arn::parse(event.resources.front());
  if (!arn) return Fault::broken("no ARN: " + event.resources.front());
  return database_.write([&](sql::Transaction& tx) {
    return buses_.put(tx, arn->account(), arn->region(),
                      {.source = "everseal.elasticloadbalancing",
                       .detail_type = event.type,
                       .time = clock_.now(),
                       .resources = event.resources,
                       .detail = aws::protocol::print_json(aws::Document(event.detail))});
  });
}

}  // namespace everseal::app
