#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/logs/tail.h"

namespace everseal::elbv2::logs {

// TailGateway: what happens at the load balancers of an account, as it happens. Waits until there
// is something to tell, for some seconds at most. Needs everseal:TailGateway.
struct TailGateway {
  static constexpr std::string_view name = "TailGateway";
  struct Request {
    std::optional<std::string> load_balancer;  // name or ARN; nothing: all
    std::optional<std::int64_t> after;         // Next of the answer before; nothing: from now on
    std::optional<std::int64_t> wait_seconds;
    static constexpr std::int64_t longest_wait = 20;
    static constexpr auto fields = std::tuple{
        aws::optional("LoadBalancer", &Request::load_balancer, aws::length(1, 512)),
        aws::optional("After", &Request::after, aws::range(0, 9'007'199'254'740'991)),
        aws::optional("WaitSeconds", &Request::wait_seconds, aws::range(0, longest_wait))};
  };
  struct Response {
    std::vector<TailRecord> records;
    std::int64_t next = 0;
    std::int64_t missed = 0;  // records that came too fast for whoever asks
    static constexpr auto fields = std::tuple{aws::always("Records", &Response::records),
                                              aws::required("Next", &Response::next),
                                              aws::required("Missed", &Response::missed)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // ThrottlingException: eight wait already.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  Tail& tail;
};

}  // namespace everseal::elbv2::logs
