#include "events_of_acm.h"

#include <string>

#include "services/acm/renewal_schedule.h"

namespace everseal::app {

namespace {

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

// Nobody delivers these yet.
Outcome EventsOfAcm::tell(sql::Transaction&, const acm::Event&) { return {}; }

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

}  // namespace everseal::app
