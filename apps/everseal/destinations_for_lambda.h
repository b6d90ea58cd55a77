#pragma once

#include "aws/endpoint/authorizer.h"
#include "clock/clock.h"
#include "random/random.h"
#include "services/lambda/destinations.h"
#include "services/sts/roles.h"

namespace everseal::app {

// Queues and event buses, as Lambda wants them for the ends of asynchronous invocations: those of
// the function's own account, by the rights of its role.
class DestinationsForLambda final : public lambda::Destinations {
 public:
  struct Parts {
    const aws::endpoint::Authorizer& authorizer;
    const sts::Roles& roles;
    const Clock& clock;
    Random& random;
  };
  explicit DestinationsForLambda(const Parts& parts) : parts_(parts) {}

  Kind kind_of(std::string_view arn) const override;
  Result<bool> may_send(const Sender& sender, std::string_view arn) override;
  Result<std::optional<std::string>> send(sql::Transaction& tx, const Sender& sender,
                                          std::string_view arn, const Message& message) override;

 private:
  Result<std::optional<std::string>> send_to_queue(sql::Transaction& tx, std::string_view arn,
                                                   const Message& message);
  Result<std::optional<std::string>> put_on_bus(sql::Transaction& tx, std::string_view arn,
                                                const Message& message);

  const Parts parts_;
};

}  // namespace everseal::app
