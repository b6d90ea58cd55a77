#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "result/result.h"
#include "sql/database.h"

namespace everseal::lambda {

// Where a function's asynchronous invocations are told of when they have ended. Given by whoever
// keeps queues, buses and roles. Thread-safe.
class Destinations {
 public:
  enum class Kind { None, Queue, Function, Bus };
  // A function that tells, by the rights of its role.
  struct Sender {
    std::string function_arn;
    std::string account;
    std::string role_arn;
  };
  struct Attribute {
    std::string name;
    std::string type;  // "String", "Number"
    std::string value;
  };
  struct Message {
    std::string body;                     // of a bus, the detail: a JSON object
    std::string detail_type{};            // of a bus
    std::string resource{};               // of a bus: the function as it was invoked
    std::vector<Attribute> attributes{};  // of a queue
    std::int64_t hops = 0;                // of a bus: functions and buses that it has come by
  };

  virtual ~Destinations() = default;
  // By the ARN alone.
  virtual Kind kind_of(std::string_view arn) const = 0;
  // Whether the role may send there.
  virtual Result<bool> may_send(const Sender& sender, std::string_view arn) = 0;
  // To a queue or a bus, in the transaction that ends the invocation. Says why it cannot be sent,
  // if it never can: there is none of that name, or it takes nothing so large.
  virtual Result<std::optional<std::string>> send(sql::Transaction& tx, const Sender& sender,
                                                  std::string_view arn, const Message& message) = 0;
};

}  // namespace everseal::lambda
