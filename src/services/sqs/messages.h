#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/fields.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "random/random.h"
#include "result/result.h"
#include "services/sqs/queue.h"
#include "sql/database.h"

namespace everseal::sqs {

struct AttributeValue {
  std::string data_type;  // "String", "Number", "Binary"
  std::optional<std::string> string_value;
  std::optional<Bytes> binary_value;
  static constexpr auto fields =
      std::tuple{aws::required("DataType", &AttributeValue::data_type),
                 aws::optional("StringValue", &AttributeValue::string_value),
                 aws::optional("BinaryValue", &AttributeValue::binary_value)};
};
using MessageAttributes = std::map<std::string, AttributeValue>;

struct Message {
  std::int64_t row = 0;
  std::string message_id;
  std::string body;
  MessageAttributes attributes;
  std::string sender;  // who sent it: a user id, or a service
  TimePoint sent_at;
  std::int64_t received = 0;  // how often, this time included
  TimePoint first_received_at;
  std::string receipt;
};

// In the transaction that sends it; it is there until the queue's retention period is over.
Outcome send(sql::Transaction& tx, const Queue& queue, const Message& message,
             std::chrono::seconds delay, TimePoint now);

// The oldest ones that are visible; each is hidden for so long and has a new receipt.
Result<std::vector<Message>> receive(sql::Transaction& tx, const Queue& queue, std::int64_t most,
                                     std::chrono::seconds hidden, Random& random, TimePoint now);

// Done also if no message has the receipt any more.
Outcome remove(sql::Transaction& tx, const Queue& queue, std::string_view receipt);
Outcome purge(sql::Transaction& tx, const Queue& queue);

struct MessageCounts {
  std::int64_t visible = 0;
  std::int64_t hidden = 0;   // received, not deleted
  std::int64_t delayed = 0;  // not yet to be received
};
Result<MessageCounts> count_messages(sql::Snapshot& view, const Queue& queue, TimePoint now);

std::string md5_of(std::string_view text);  // hexadecimal
// As clients check it: of names, types and values, in the order of the names. Nothing: of none.
std::optional<std::string> md5_of(const MessageAttributes& attributes);

}  // namespace everseal::sqs
