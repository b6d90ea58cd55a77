#include "services/lambda/said_by_function.h"

#include <utility>

#include "aws/arn.h"
#include "aws/policy/policy.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {

Result<std::optional<SaidByFunction>> said_by_function(sql::Database& database,
                                                       std::string_view resource) {
  const auto arn = Arn::parse(resource);
  if (!arn || arn->service() != "lambda" || !arn->resource().starts_with("function:")) {
    return std::optional<SaidByFunction>();
  }
  const auto named = split_qualifier(resource);
  const auto policy = database.read(
      [&](sql::Snapshot& view) { return policy_of(view, named.arn, named.qualifier); });
  if (!policy) return policy.error();
  if (!*policy) return std::optional<SaidByFunction>();
  auto parsed = aws::policy::Policy::parse(**policy, aws::policy::Kind::Resource);
  if (!parsed) return Fault::broken("the policy of a function: " + parsed.error().reason);
  return std::optional(SaidByFunction{std::string(arn->account()), *std::move(parsed)});
}

}  // namespace everseal::lambda
