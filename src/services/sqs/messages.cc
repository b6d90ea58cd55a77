#include "services/sqs/messages.h"

#include <array>
#include <cstdint>

#include "aws/protocol/json.h"
#include "aws/protocol/print.h"
#include "aws/protocol/read.h"
#include "crypto/running_digest.h"
#include "encoding/hex.h"
#include "sql/without_count.h"

namespace everseal::sqs {
namespace {

std::string print(const MessageAttributes& attributes) {
  return aws::protocol::print_json(aws::protocol::print_map(attributes));
}

Result<Message> read(const sql::Row& row) {
  const auto document = aws::protocol::parse_json(row.text(3));
  if (!document) return document.error();
  return Message{.row = row.integer(0),
                 .message_id = row.text(1),
                 .body = row.text(2),
                 .attributes = aws::protocol::build_map<MessageAttributes>(*document),
                 .sender = row.text(4),
                 .sent_at = row.time(5),
                 .received = row.integer(6),
                 .first_received_at = row.maybe_time(7).value_or(TimePoint{}),
                 .receipt = {}};
}

Outcome hide(sql::Transaction& tx, const Message& message, TimePoint until) {
  return sql::without_count(
      tx.run("UPDATE sqs_message SET visible_at = $2, received = $3, first_received_at = $4, "
             "receipt = $5 WHERE id = $1",
             message.row, until, message.received, message.first_received_at, message.receipt));
}

Outcome drop_expired(sql::Transaction& tx, const Queue& queue, TimePoint now) {
  return sql::without_count(
      tx.run("DELETE FROM sqs_message WHERE queue = $1 AND expires_at <= $2", queue.id, now));
}

// Its length in four octets, and itself.
void add(crypto::RunningDigest& digest, ByteView octets) {
  std::array<std::uint8_t, 4> length{};
  for (std::size_t i = 0; i < length.size(); ++i)
    length.at(i) = static_cast<std::uint8_t>(octets.size() >> (24 - 8 * i));
  digest.update(length);
  digest.update(octets);
}

}  // namespace

Outcome send(sql::Transaction& tx, const Queue& queue, const Message& message,
             std::chrono::seconds delay, TimePoint now) {
  const std::chrono::seconds kept{queue.number("MessageRetentionPeriod")};
  return sql::without_count(
      tx.run("INSERT INTO sqs_message (queue, message_id, body, attributes, sender, sent_at, "
             "expires_at, visible_at, received) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)",
             queue.id, message.message_id, message.body, print(message.attributes), message.sender,
             now, now + kept, now + delay));
}

Result<std::vector<Message>> receive(sql::Transaction& tx, const Queue& queue, std::int64_t most,
                                     std::chrono::seconds hidden, Random& random, TimePoint now) {
  if (const auto dropped = drop_expired(tx, queue, now); !dropped) return dropped.error();
  const auto rows = tx.all(
      "SELECT id, message_id, body, attributes, sender, sent_at, received, first_received_at "
      "FROM sqs_message WHERE queue = $1 AND visible_at <= $2 ORDER BY visible_at, id LIMIT $3",
      queue.id, now, most);
  if (!rows) return rows.error();
  std::vector<Message> messages;
  for (const auto& row : *rows) {
    auto message = read(row);
    if (!message) return message.error();
    if (message->received++ == 0) message->first_received_at = now;
    message->receipt = encoding::to_hex(random.bytes(32));
    if (const auto done = hide(tx, *message, now + hidden); !done) return done.error();
    messages.push_back(*std::move(message));
  }
  return messages;
}

Outcome remove(sql::Transaction& tx, const Queue& queue, std::string_view receipt) {
  return sql::without_count(
      tx.run("DELETE FROM sqs_message WHERE queue = $1 AND receipt = $2", queue.id, receipt));
}

Outcome purge(sql::Transaction& tx, const Queue& queue) {
  return sql::without_count(tx.run("DELETE FROM sqs_message WHERE queue = $1", queue.id));
}

Result<MessageCounts> count_messages(sql::Snapshot& view, const Queue& queue, TimePoint now) {
  const auto row = view.one(
      "SELECT count(CASE WHEN visible_at <= $2 THEN 1 END), "
      "count(CASE WHEN visible_at > $2 AND received > 0 THEN 1 END), "
      "count(CASE WHEN visible_at > $2 AND received = 0 THEN 1 END) "
      "FROM sqs_message WHERE queue = $1 AND expires_at > $2",
      queue.id, now);
  if (!row) return row.error();
  return MessageCounts{(*row)->integer(0), (*row)->integer(1), (*row)->integer(2)};
}

std::string md5_of(std::string_view text) {
  crypto::RunningDigest digest(crypto::RunningDigest::Algorithm::Md5);
  digest.update(as_bytes(text));
  return encoding::to_hex(digest.finish());
}

std::optional<std::string> md5_of(const MessageAttributes& attributes) {
  if (attributes.empty()) return std::nullopt;
  crypto::RunningDigest digest(crypto::RunningDigest::Algorithm::Md5);
  for (const auto& [name, value] : attributes) {
    add(digest, as_bytes(name));
    add(digest, as_bytes(value.data_type));
    const std::uint8_t kind = value.binary_value ? 2 : 1;
    digest.update({&kind, 1});
    add(digest, value.binary_value ? ByteView(*value.binary_value)
                                   : as_bytes(value.string_value.value_or("")));
  }
  return encoding::to_hex(digest.finish());
}

}  // namespace everseal::sqs
