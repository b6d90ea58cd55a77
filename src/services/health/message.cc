#include "services/health/message.h"

#include <utility>
#include <vector>

#include "aws/document.h"
#include "aws/protocol/json.h"
#include "clock/time_text.h"
#include "services/health/texts.h"

namespace everseal::health {

namespace {

using aws::Document;
using Members = Document::Members;

// RFC 1123, but for the day, which has no zero before it: "Mon, 6 Apr 2026 06:00:53 GMT".
std::string unpadded(TimePoint time) {
  auto text = to_http_date(time);
  if (text[5] == '0') text.erase(5, 1);
  return text;
}

template <class T>
Document text(const T& value) {
  return Document(std::string(value));
}

Document description(const Event& event) {
  // The lines are separated by a backslash and an n, as AWS has them.
  return Document(Document::List{Document(
      Members{{"language", text("en_US")},
              {"latestDescription", text(description_of(event, Language::English, "\\n"))}})});
}

Document entities(const Event& event) {
  return Document(
      Document::List{Document(Members{{"entityValue", text(event.news.certificate_arn)},
                                      {"status", text(aws::name_of(event.entity_status))},
                                      {"lastUpdatedTime", text(unpadded(event.updated_at()))}})});
}

// 16 digits that all messages of an event have in common, and which of them this is.
std::string communication_id(const Event& event) {
  const auto uuid = event.arn.substr(event.arn.size() - 36);
  return uuid.substr(0, 8) + uuid.substr(9, 4) + uuid.substr(14, 4) + '-' +
         std::to_string(event.revision);
}

}  // namespace

std::string message_of(const Event& event) {
  const auto updated = text(unpadded(event.updated_at()));
  Members detail{{"eventArn", text(event.arn)},
                 {"service", text(kService)},
                 {"eventTypeCode", text(event.type_code)},
                 {"eventTypeCategory", text(aws::name_of(EventCategory::ScheduledChange))},
                 {"startTime", text(unpadded(event.started_at))},
                 {"endTime", text(unpadded(event.ends_at))},
                 {"eventDescription", description(event)},
                 {"affectedEntities", entities(event)},
                 {"eventScopeCode", text("ACCOUNT_SPECIFIC")},
                 {"communicationId", text(communication_id(event))},
                 {"lastUpdatedTime", updated},
                 {"statusCode", text(aws::name_of(event.status))},
                 {"eventRegion", text(event.news.region)},
                 {"eventMetadata", Document(Members{})},
                 {"actionability", text(aws::name_of(actionability_of(event)))},
                 {"personas", Document(Document::List{text(aws::name_of(Persona::Operations))})},
                 {"page", text("1")},
                 {"totalPages", text("1")},
                 {"backupEvent", text("false")},
                 {"affectedAccount", text(event.news.account)}};
  return aws::protocol::print_json(Document(std::move(detail)));
}

}  // namespace everseal::health
