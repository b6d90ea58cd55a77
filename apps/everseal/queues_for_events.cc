#include "queues_for_events.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

#include "aws/arn.h"
#include "services/sqs/messages.h"
#include "services/sqs/queue.h"

namespace everseal::app {
namespace {

constexpr std::string_view kSender = "events.amazonaws.com";
constexpr std::chrono::seconds kAtOnce{0};

// Nothing if there is none, or it belongs to another account than the rule.
Result<std::optional<sqs::Queue>> queue_for(sql::Snapshot& view, std::string_view queue_arn,
                                            std::string_view rule_arn) {
  const auto name = sqs::parse_queue_arn(queue_arn);
  const auto rule = Arn::parse(rule_arn);
  if (!name || !rule || name->account != rule->account()) return std::optional<sqs::Queue>();
  return sqs::find_queue(view, *name);
}

std::string_view rule_of(const events::DeadLetter& letter) {
  const auto found = std::ranges::find(letter.attributes, "RULE_ARN",
                                       [](const auto& attribute) { return attribute.first; });
  return found == letter.attributes.end() ? std::string_view() : found->second;
}

sqs::Message message_of(Random& random, const std::string& body) {
  return {.message_id = random_uuid(random),
          .body = body,
          .attributes = {},
          .sender = std::string(kSender),
          .sent_at = {},
          .first_received_at = {},
          .receipt = {}};
}

}  // namespace

bool QueuesForEvents::takes(std::string_view arn) const {
  return sqs::parse_queue_arn(arn).has_value();
}

Result<bool> QueuesForEvents::put(sql::Transaction& tx, std::string_view queue_arn,
                                  const events::DeadLetter& letter) {
  const auto queue = queue_for(tx, queue_arn, rule_of(letter));
  if (!queue) return queue.error();
  if (!*queue) return false;
  auto message = message_of(random_, letter.body);
  for (const auto& [name, value] : letter.attributes)
    message.attributes[name] = {"String", value, {}};
  const auto sent = sqs::send(tx, **queue, message, kAtOnce, clock_.now());
  if (!sent) return sent.error();
  return true;
}

events::DeliveryOutcome QueuesForEvents::deliver(const events::Delivery& delivery) {
  const auto message = message_of(random_, delivery.payload);
  const auto sent = database_.write([&](sql::Transaction& tx) -> Result<bool> {
    const auto queue = queue_for(tx, delivery.target_arn, delivery.rule_arn);
    if (!queue) return queue.error();
    if (!*queue) return false;
    const auto done = sqs::send(tx, **queue, message, kAtOnce, clock_.now());
    if (!done) return done.error();
    return true;
  });
  if (!sent) return events::TryAgain{"INTERNAL_ERROR", "The queue could not be written to"};
  if (!*sent) return events::Refused{"NO_RESOURCE", "The queue does not exist in this account"};
  return events::Delivered{};
}

}  // namespace everseal::app
