#include "services/health/event.h"

namespace everseal::health {

Actionability actionability_of(const Event& event) {
  if (event.status == EventStatus::Closed) return Actionability::Informational;
  switch (event.news.stage) {
    case Stage::Completed:
      return Actionability::Informational;
    case Stage::EndsSoon:
      return Actionability::ActionMayBeRequired;
    case Stage::NeedsAction:
    case Stage::Ended:
      return Actionability::ActionRequired;
  }
  return Actionability::Informational;
}

std::string entity_arn(const Event& event) {
  const auto uuid = event.arn.substr(event.arn.size() - 36);
  return "arn:aws:health:" + event.news.region + ':' + event.news.account + ":entity/" + uuid;
}

}  // namespace everseal::health
