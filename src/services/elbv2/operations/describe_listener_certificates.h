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
#include "sql/database.h"

namespace everseal::elbv2 {

// DescribeListenerCertificates: the default one first, then the others by ARN, in pages.
struct DescribeListenerCertificates {
  static constexpr std::string_view name = "DescribeListenerCertificates";
  struct Request {
    std::string listener_arn;
    std::optional<std::string> marker;
    std::optional<std::int32_t> page_size;
    static constexpr auto fields =
        std::tuple{aws::required("ListenerArn", &Request::listener_arn),
                   aws::optional("Marker", &Request::marker),
                   aws::optional("PageSize", &Request::page_size, shapes::page_size_range)};
  };
  struct Response {
    std::vector<shapes::Certificate> certificates;
    std::optional<std::string> next_marker;
    static constexpr auto fields = std::tuple{aws::always("Certificates", &Response::certificates),
                                              aws::optional("NextMarker", &Response::next_marker)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  // ListenerNotFound. ValidationError: the marker is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
