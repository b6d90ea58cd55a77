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
#include "services/elbv2/shapes.h"

namespace everseal::elbv2 {

// DescribeAccountLimits: the quotas.
struct DescribeAccountLimits {
  static constexpr std::string_view name = "DescribeAccountLimits";
  struct Request {
    std::optional<std::string> marker;
    std::optional<std::int32_t> page_size;
    static constexpr auto fields =
        std::tuple{aws::optional("Marker", &Request::marker),
                   aws::optional("PageSize", &Request::page_size, shapes::page_size_range)};
  };
  struct Limit {
    std::string name;
    std::string max;
    static constexpr auto fields =
        std::tuple{aws::required("Name", &Limit::name), aws::required("Max", &Limit::max)};
  };
  struct Response {
    std::vector<Limit> limits;
    std::optional<std::string> next_marker;
    static constexpr auto fields = std::tuple{aws::always("Limits", &Response::limits),
                                              aws::optional("NextMarker", &Response::next_marker)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // ValidationError: the marker is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;
};

}  // namespace everseal::elbv2
