#pragma once

#include "log/log.h"
#include "services/events/target.h"
#include "services/lambda/invoker.h"
#include "services/lambda/log_sink.h"
#include "services/lambda/role_credentials.h"
#include "services/logs/writer.h"
#include "services/sts/role_sessions.h"

namespace everseal::app {

// Sessions of roles, as Lambda wants them for its functions.
class RolesForLambda final : public lambda::RoleCredentials {
 public:
  explicit RolesForLambda(const sts::RoleSessions::Parts& parts) : sessions_(parts) {}

  Result<bool> can_assume(std::string_view role_arn, const Actor& actor) override;
  Result<std::optional<Credentials>> issue(std::string_view role_arn, std::string_view session_name,
                                           const Actor& actor,
                                           std::chrono::seconds lifetime) override;

 private:
  const sts::RoleSessions sessions_;
};

// Log groups, as Lambda wants them for what functions write.
class LogsForLambda final : public lambda::LogSink {
 public:
  LogsForLambda(logs::Writer& writer, Log& log) : writer_(writer), log_(log) {}

  void append(const Stream& stream, std::vector<Line> lines) override;

 private:
  logs::Writer& writer_;
  Log& log_;
};

// Functions as targets of EventBridge: each event is an asynchronous invocation, and the policy of
// the function says whether the rule may.
class FunctionTarget final : public events::TargetKind {
 public:
  explicit FunctionTarget(lambda::Invoker& invoker) : invoker_(invoker) {}

  bool takes(std::string_view target_arn) const override;
  events::DeliveryOutcome deliver(const events::Delivery& delivery) override;

 private:
  lambda::Invoker& invoker_;
};

}  // namespace everseal::app
