#include "services/lambda/operations/delete_function.h"

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {
namespace {

Result<void, ApiError> remove(const Functions& functions, const Function& version) {
  return functions.database.write([&](sql::Transaction& tx) -> Result<void, ApiError> {
    const auto aliases = list_aliases(tx, version.arn, version.version, {}, 1);
    if (!aliases) return aliases.error();
    if (!aliases->empty()) return aliases_lead_to(version.invoked_arn(), aliases->front().name);
    const auto number = std::strtoll(version.version.c_str(), nullptr, 10);
    if (const auto done = remove_version(tx, version.arn, number); !done) return done.error();
    return {};
  });
}

Result<void, ApiError> remove_all(const Functions& functions, const Function& function) {
  const auto events = functions.database.write(
      [&](sql::Transaction& tx) { return remove_function(tx, function.arn); });
  if (!events) return events.error();
  if (*events > 0) {
    functions.log.warning(
        "lambda.events.given_up",
        {{"function", function.arn}, {"events", *events}, {"condition", "FunctionDeleted"}});
  }
  return {};
}

}  // namespace

aws::Access DeleteFunction::access(const Request& request, const aws::Call& call) const {
  return on_function(request.function_name, call, request.qualifier);
}

Result<aws::Empty, ApiError> DeleteFunction::operator()(const Request& request,
                                                        const aws::Call& call) const {
  const auto function = functions.find(request.function_name, call, request.qualifier.value_or(""));
  if (!function) return function.error();
  if (function->qualifier == latest_version) {
    return invalid("$LATEST version cannot be deleted without deleting the function.");
  }
  if (function->qualifier != function->version && !function->qualifier.empty()) {
    return invalid("An alias is deleted by DeleteAlias.");
  }
  const auto removed =
      function->qualifier.empty() ? remove_all(functions, *function) : remove(functions, *function);
  if (!removed) return removed.error();
  functions.executor.forget(function->arn);
  return aws::Empty{};
}

}  // namespace everseal::lambda
