#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/attribute_book.h"
#include "services/elbv2/log_objects.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// ModifyLoadBalancerAttributes: those that are given.
struct ModifyLoadBalancerAttributes {
  static constexpr std::string_view name = "ModifyLoadBalancerAttributes";
  struct Request {
    std::string load_balancer_arn;
    std::vector<shapes::Attribute> attributes;
    static constexpr auto fields =
        std::tuple{aws::required("LoadBalancerArn", &Request::load_balancer_arn),
                   aws::required("Attributes", &Request::attributes, aws::length(0, 50))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // All or none; answers all there are afterwards. LoadBalancerNotFound. ValidationError: an
  // attribute that is not known or a value that does not suit. InvalidConfigurationRequest: values
  // that do not go together. A log that is switched on or sent elsewhere has its test object
  // written first; InvalidConfigurationRequest: the bucket does not take it.
  Result<AttributesAnswer, ApiError> operator()(const Request& request,
                                                const aws::Call& call) const;

  sql::Database& database;
  LogObjects* log_objects = nullptr;  // null: nobody writes logs
};

}  // namespace everseal::elbv2
