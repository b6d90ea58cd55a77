#include "services/elbv2/logs/operations/tail_gateway.h"

#include <chrono>
#include <utility>

#include "services/elbv2/log_objects.h"

namespace everseal::elbv2::logs {
namespace {

// "111122223333" of "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/...".
std::string_view account_of(std::string_view arn) {
  constexpr int parts_before = 4;
  for (int part = 0; part < parts_before; ++part) {
    arn.remove_prefix(std::min(arn.find(':'), arn.size() - 1) + 1);
    if (arn.empty()) return {};
  }
  return arn.substr(0, arn.find(':'));
}

// "edge" of "app/edge/0123456789abcdef".
std::string_view name_in(std::string_view short_name) {
  short_name.remove_prefix(std::min(short_name.find('/') + 1, short_name.size()));
  return short_name.substr(0, short_name.find('/'));
}

bool is_called(std::string_view arn, std::string_view wanted) {
  return arn == wanted || short_name(arn) == wanted || name_in(short_name(arn)) == wanted;
}

}  // namespace

Result<TailGateway::Response, ApiError> TailGateway::operator()(const Request& request,
                                                                const aws::Call& call) const {
  const auto wants = [&](std::string_view arn) {
    return account_of(arn) == call.caller.account &&
           (!request.load_balancer || is_called(arn, *request.load_balancer));
  };
  const std::chrono::seconds patience{request.wait_seconds.value_or(0)};
  auto page = tail.next(request.after, wants, patience);
  if (!page) {
    return ApiError("ThrottlingException", 400, "Too many watch the gateway already.");
  }
  return Response{std::move(page->records), page->next, page->missed};
}

}  // namespace everseal::elbv2::logs
