#pragma once

#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/attributes.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/log_objects.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// The three kinds of things that have attributes.
struct LoadBalancerAttributes {
  static constexpr std::string_view describe = "DescribeLoadBalancerAttributes";
  static constexpr std::string_view modify = "ModifyLoadBalancerAttributes";
  static constexpr std::string_view arn = "LoadBalancerArn";
  static constexpr Kind kind = Kind::LoadBalancer;
  static std::span<const AttributeRule> rules() { return load_balancer_attributes(); }
};
struct TargetGroupAttributes {
  static constexpr std::string_view describe = "DescribeTargetGroupAttributes";
  static constexpr std::string_view modify = "ModifyTargetGroupAttributes";
  static constexpr std::string_view arn = "TargetGroupArn";
  static constexpr Kind kind = Kind::TargetGroup;
  static std::span<const AttributeRule> rules() { return target_group_attributes(); }
};
struct ListenerAttributes {
  static constexpr std::string_view describe = "DescribeListenerAttributes";
  static constexpr std::string_view modify = "ModifyListenerAttributes";
  static constexpr std::string_view arn = "ListenerArn";
  static constexpr Kind kind = Kind::Listener;
  static std::span<const AttributeRule> rules() { return listener_attributes(); }
};

struct AttributesAnswer {
  std::vector<shapes::Attribute> attributes;
  static constexpr auto fields =
      std::tuple{aws::always("Attributes", &AttributesAnswer::attributes)};
};

// LoadBalancerNotFound, TargetGroupNotFound, ListenerNotFound. ValidationError: not such an ARN; an
// attribute that is not known or a value that does not suit. InvalidConfigurationRequest: values
// that do not go together.
class AttributeBook {
 public:
  AttributeBook(sql::Database& database, Kind kind, std::span<const AttributeRule> rules)
      : database_(database), kind_(kind), rules_(rules) {}
  Result<AttributesAnswer, ApiError> describe(const aws::Call& call, const std::string& arn) const;
  // All or none; answers all there are afterwards. A log that is switched on or sent elsewhere has
  // its test object written first, where there is somebody to write it (null: nobody);
  // InvalidConfigurationRequest: the bucket does not take it.
  Result<AttributesAnswer, ApiError> modify(const aws::Call& call, const std::string& arn,
                                            const std::vector<shapes::Attribute>& said,
                                            LogObjects* log_objects) const;
  aws::Access access(const std::string& arn) const;

 private:
  Result<void, ApiError> try_logs(const aws::Call& call, const std::string& arn,
                                  const std::vector<shapes::Attribute>& said,
                                  LogObjects& objects) const;

  sql::Database& database_;
  Kind kind_;
  std::span<const AttributeRule> rules_;
};

// Describe...Attributes: all that there are, those that were never said with their usual value.
template <class Of>
struct DescribeAttributes {
  static constexpr std::string_view name = Of::describe;
  struct Request {
    std::string arn;
    static constexpr auto fields = std::tuple{aws::required(Of::arn, &Request::arn)};
  };

  aws::Access access(const Request&, const aws::Call&) const { return aws::on_anything(); }
  Result<AttributesAnswer, ApiError> operator()(const Request& request,
                                                const aws::Call& call) const {
    return AttributeBook(database, Of::kind, Of::rules()).describe(call, request.arn);
  }

  sql::Database& database;
};

// Modify...Attributes: those that are given.
template <class Of>
struct ModifyAttributes {
  static constexpr std::string_view name = Of::modify;
  struct Request {
    std::string arn;
    std::vector<shapes::Attribute> attributes;
    static constexpr auto fields =
        std::tuple{aws::required(Of::arn, &Request::arn),
                   aws::required("Attributes", &Request::attributes, aws::length(0, 50))};
  };

  aws::Access access(const Request& request, const aws::Call&) const {
    return AttributeBook(database, Of::kind, Of::rules()).access(request.arn);
  }
  Result<AttributesAnswer, ApiError> operator()(const Request& request,
                                                const aws::Call& call) const {
    return AttributeBook(database, Of::kind, Of::rules())
        .modify(call, request.arn, request.attributes, log_objects);
  }

  sql::Database& database;
  LogObjects* log_objects = nullptr;  // of load balancers
};

}  // namespace everseal::elbv2
