#include "services/sqs/queue.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "aws/arn.h"
#include "aws/protocol/json.h"
#include "aws/protocol/print.h"
#include "aws/protocol/read.h"
#include "sql/without_count.h"

namespace everseal::sqs {
namespace {

struct Setting {
  std::string_view name;
  std::int64_t usual, least, most;
};
// Seconds and octets. Long polling and delays of a whole queue are not there, so only 0 is taken.
constexpr std::array<Setting, 5> kSettings{{{"DelaySeconds", 0, 0, 0},
                                            {"MaximumMessageSize", 1'048'576, 1024, 1'048'576},
                                            {"MessageRetentionPeriod", 345'600, 60, 1'209'600},
                                            {"ReceiveMessageWaitTimeSeconds", 0, 0, 20},
                                            {"VisibilityTimeout", 30, 0, 43'200}}};

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string print(const Attributes& attributes) {
  return aws::protocol::print_json(aws::protocol::print_map(attributes));
}

Result<Queue> read(const sql::Row& row) {
  const auto document = aws::protocol::parse_json(row.text(4));
  if (!document) return document.error();
  return Queue{.id = row.integer(0),
               .name = {row.text(1), row.text(2), row.text(3)},
               .attributes = aws::protocol::build_map<Attributes>(*document),
               .created_at = row.time(5)};
}

}  // namespace

std::string queue_arn(const QueueName& queue) {
  return Arn("sqs", queue.region, queue.account, queue.name).text();
}

Result<QueueName> parse_queue_arn(std::string_view text) {
  const auto arn = Arn::parse(text);
  if (!arn) return arn.error();
  if (arn->service() != "sqs" || arn->resource().find_first_of(":/") != std::string_view::npos)
    return Fault::malformed("not the ARN of a queue");
  return QueueName{std::string(arn->account()), std::string(arn->region()),
                   std::string(arn->resource())};
}

std::int64_t Queue::number(std::string_view attribute) const {
  const auto found = attributes.find(std::string(attribute));
  return found == attributes.end() ? 0 : number_in(found->second).value_or(0);
}

Result<std::optional<Queue>> find_queue(sql::Snapshot& view, const QueueName& name) {
  const auto row = view.one(
      "SELECT id, account, region, name, attributes, created_at FROM sqs_queue "
      "WHERE account = $1 AND region = $2 AND name = $3",
      name.account, name.region, name.name);
  if (!row) return row.error();
  if (!*row) return std::optional<Queue>();
  auto queue = read(**row);
  if (!queue) return queue.error();
  return std::optional(*std::move(queue));
}

Result<std::vector<Queue>> list_queues(sql::Snapshot& view, const QueueName& after,
                                       std::string_view prefix, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT id, account, region, name, attributes, created_at FROM sqs_queue "
      "WHERE account = $1 AND region = $2 AND name > $3 AND name >= $4 ORDER BY name LIMIT $5",
      after.account, after.region, after.name, prefix, limit);
  if (!rows) return rows.error();
  std::vector<Queue> queues;
  for (const auto& row : *rows) {
    if (!row.text(3).starts_with(prefix)) break;
    auto queue = read(row);
    if (!queue) return queue.error();
    queues.push_back(*std::move(queue));
  }
  return queues;
}

Outcome add_queue(sql::Transaction& tx, const Queue& queue) {
  return sql::without_count(
      tx.run("INSERT INTO sqs_queue (account, region, name, attributes, created_at) "
             "VALUES ($1, $2, $3, $4, $5)",
             queue.name.account, queue.name.region, queue.name.name, print(queue.attributes),
             queue.created_at));
}

Outcome remove_queue(sql::Transaction& tx, std::int64_t id) {
  const auto emptied = tx.run("DELETE FROM sqs_message WHERE queue = $1", id);
  if (!emptied) return emptied.error();
  return sql::without_count(tx.run("DELETE FROM sqs_queue WHERE id = $1", id));
}

Result<Attributes> with_defaults(const Attributes& given) {
  Attributes all;
  for (const auto& setting : kSettings)
    all[std::string(setting.name)] = std::to_string(setting.usual);
  for (const auto& [name, value] : given) {
    const auto setting = std::ranges::find(kSettings, name, &Setting::name);
    if (setting == kSettings.end()) return Fault::malformed("Unknown Attribute " + name + ".");
    const auto number = number_in(value);
    if (!number || *number < setting->least || *number > setting->most)
      return Fault::malformed("Invalid value for the parameter " + name + ".");
    all[name] = std::to_string(*number);
  }
  return all;
}

}  // namespace everseal::sqs
