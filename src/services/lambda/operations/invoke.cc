#include "services/lambda/operations/invoke.h"

#include <utility>

#include "aws/protocol/json.h"
#include "encoding/base64.h"
#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {
namespace {

constexpr std::int64_t largest_payload = 6'291'456;
constexpr std::size_t longest_context = 3583;

using Outcome = Result<Invoke::Response, ApiError>;

Result<void, ApiError> check(const Invoke::Request& request, std::string_view type) {
  if (type != "RequestResponse" && type != "Event" && type != "DryRun") {
    return invalid("There is no invocation type " + std::string(type) + ".");
  }
  const auto most = type == "Event" ? Executor::largest_event : largest_payload;
  if (std::ssize(request.payload) > most) return too_large(most, Executor::operation);
  if (request.payload.empty()) return {};
  const auto parsed = aws::protocol::parse_json(as_text(request.payload));
  if (!parsed) return not_json(parsed.error().cause);
  return {};
}

// Base64 of JSON, as it goes to the runtime.
Result<std::string, ApiError> context_in(const std::optional<std::string>& given) {
  if (!given) return std::string();
  const auto octets = encoding::from_base64(*given);
  if (!octets || given->size() > longest_context || !aws::protocol::parse_json(as_text(*octets))) {
    return not_json("the client context is no base64 of JSON");
  }
  return to_text(*octets);
}

Outcome accept(const Functions& functions, const Function& function, const Invocation& invocation) {
  const auto promised = functions.database.write([&](sql::Transaction& tx) {
    return functions.executor.promise(tx, function.arn, function.qualifier, invocation);
  });
  if (!promised) return promised.error();
  return Invoke::Response{.status_code = 202};
}

Outcome run(const Functions& functions, const Function& function, const Invocation& invocation,
            bool wants_log) {
  const auto ran = functions.executor.run(function, invocation);
  if (!ran) return ran.error();
  Invoke::Response response;
  response.executed_version = function.version;
  response.payload = to_bytes(ran->payload);
  if (ran->failed) response.function_error = "Unhandled";
  if (wants_log) response.log_result = encoding::to_base64(as_bytes(ran->tail));
  return response;
}

}  // namespace

aws::Access Invoke::access(const Request& request, const aws::Call& call) const {
  return {.action = "lambda:InvokeFunction",
          .resources = {resource_of(request.function_name, call, request.qualifier)}};
}

Result<Invoke::Response, ApiError> Invoke::operator()(const Request& request,
                                                      const aws::Call& call) const {
  const auto type = request.invocation_type.value_or("RequestResponse");
  if (const auto fine = check(request, type); !fine) return fine.error();
  const auto function =
      functions.find_to_run(request.function_name, call, request.qualifier.value_or(""));
  if (!function) return function.error();
  if (type == "DryRun") return Response{.status_code = 204};
  auto context = context_in(request.client_context);
  if (!context) return context.error();
  const Invocation invocation{.request_id = call.request_id,
                              .payload = request.payload.empty() ? "{}" : to_text(request.payload),
                              .client_context = *std::move(context)};
  return type == "Event"
             ? accept(functions, *function, invocation)
             : run(functions, *function, invocation, request.log_type.value_or("None") == "Tail");
}

}  // namespace everseal::lambda
