#include "destinations_for_lambda.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "aws/arn.h"
#include "aws/call.h"
#include "services/events/bus.h"
#include "services/events/bus_store.h"
#include "services/sqs/messages.h"
#include "services/sqs/queue.h"

namespace everseal::app {
namespace {

using Answer = std::optional<std::string>;

constexpr std::size_t largest_event = 256 << 10;  // of EventBridge

std::string_view action_of(lambda::Destinations::Kind kind) {
  switch (kind) {
    case lambda::Destinations::Kind::Queue:
      return "sqs:SendMessage";
    case lambda::Destinations::Kind::Bus:
      return "events:PutEvents";
    case lambda::Destinations::Kind::Function:
    case lambda::Destinations::Kind::None:
      break;
  }
  return "lambda:InvokeFunction";
}

// The function itself, as one who asks.
aws::Call asking(const lambda::Destinations::Sender& sender, const sts::Role& role, TimePoint now) {
  const auto function = aws::Arn::parse(sender.function_arn);
  const auto name = sender.function_arn.substr(sender.function_arn.rfind(':') + 1);
  auto session = std::make_shared<aws::Session>();
  session->role_id = role.id;
  session->issued_at = now;
  session->expires_at = now + std::chrono::minutes{1};
  aws::Call call;
  call.caller = {.kind = aws::Caller::Kind::RoleSession,
                 .account = role.account,
                 .arn = "arn:aws:sts::" + role.account + ":assumed-role/" + role.name + "/" + name,
                 .principal_arn = role.arn,
                 .user_id = role.id + ":" + name,
                 .user_name = {},
                 .access_key_id = {},
                 .tags = role.tags,
                 .session = std::move(session)};
  call.region = function ? std::string(function->region()) : std::string();
  call.received_at = now;
  call.secure_transport = true;  // it does not leave this process
  return call;
}

}  // namespace

DestinationsForLambda::Kind DestinationsForLambda::kind_of(std::string_view arn) const {
  if (sqs::parse_queue_arn(arn)) return Kind::Queue;
  if (events::parse_bus_arn(arn)) return Kind::Bus;
  const auto parsed = aws::Arn::parse(arn);
  const bool is_function =
      parsed && parsed->service() == "lambda" && parsed->resource().starts_with("function:");
  return is_function ? Kind::Function : Kind::None;
}

Result<bool> DestinationsForLambda::may_send(const Sender& sender, std::string_view arn) {
  const auto parsed = aws::Arn::parse(arn);
  if (!parsed || parsed->account() != sender.account) return false;
  const auto role = parts_.roles.find(sender.role_arn);
  if (!role) return role.error();
  if (!*role) return false;
  const auto denied =
      parts_.authorizer.authorize(asking(sender, **role, parts_.clock.now()),
                                  action_of(kind_of(arn)), aws::on(std::string(arn)));
  if (!denied) return denied.error();
  return !*denied;
}

Result<Answer> DestinationsForLambda::send(sql::Transaction& tx, const Sender& /*sender*/,
                                           std::string_view arn, const Message& message) {
  return kind_of(arn) == Kind::Queue ? send_to_queue(tx, arn, message)
                                     : put_on_bus(tx, arn, message);
}

Result<Answer> DestinationsForLambda::send_to_queue(sql::Transaction& tx, std::string_view arn,
                                                    const Message& message) {
  const auto name = sqs::parse_queue_arn(arn);
  if (!name) return name.error();
  const auto queue = sqs::find_queue(tx, *name);
  if (!queue) return queue.error();
  if (!*queue) return Answer("there is no such queue");
  if (std::ssize(message.body) > (*queue)->number("MaximumMessageSize")) {
    return Answer("the queue takes nothing so large");
  }
  sqs::Message sent{.message_id = random_uuid(parts_.random),
                    .body = message.body,
                    .attributes = {},
                    .sender = "lambda.amazonaws.com",
                    .sent_at = {},
                    .first_received_at = {},
                    .receipt = {}};
  for (const auto& [attribute, type, value] : message.attributes) {
    sent.attributes[attribute] = {type, value, {}};
  }
  const auto done = sqs::send(tx, **queue, sent, std::chrono::seconds{0}, parts_.clock.now());
  if (!done) return done.error();
  return Answer();
}

Result<Answer> DestinationsForLambda::put_on_bus(sql::Transaction& tx, std::string_view arn,
                                                 const Message& message) {
  const auto name = events::parse_bus_arn(arn);
  if (!name) return name.error();
  const auto bus = events::find_bus(tx, *name);
  if (!bus) return bus.error();
  if (!*bus) return Answer("there is no such event bus");
  if (message.body.size() > largest_event) return Answer("an event may not be so large");
  const auto now = parts_.clock.now();
  const auto done = events::put(tx,
                                events::Event{.id = random_uuid(parts_.random),
                                              .bus = *name,
                                              .source = "lambda",
                                              .detail_type = message.detail_type,
                                              .time = now,
                                              .resources = {message.resource, std::string(arn)},
                                              .detail = message.body,
                                              .hops = static_cast<int>(message.hops)},
                                now);
  if (!done) return done.error();
  return Answer();
}

}  // namespace everseal::app
