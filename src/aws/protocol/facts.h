#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace everseal::aws::protocol {

struct Shape;

// How a service speaks.
enum class Protocol { AwsJson10, AwsJson11, Query, RestJson, RestXml };

// A list or map of the query protocol that is flattened, and called otherwise than in the model:
// "Attributes" is "Attribute.1.Name=a&Attribute.1.Value=b", and <Attribute><Name>...
struct QueryName {
  std::string_view member;      // "Attributes"
  std::string_view wire;        // "Attribute"
  std::string_view key = {};    // of maps: "Name"
  std::string_view value = {};  // "Value"
};
// What an error of the model is in the query protocol, and in the header that awsJson 1.0 has for
// clients that knew that.
struct QueryError {
  std::string_view code;  // "QueueDoesNotExist"
  std::string_view wire;  // "AWS.SimpleQueueService.NonExistentQueue"
  int status = 400;       // in the query protocol
};

// What the API model says of a service; one that speaks two protocols has two of these. All texts
// are literals.
struct ServiceFacts {
  std::string_view name{};          // in logs and metrics: "acm-pca", "elbv2"
  std::string_view signing_name{};  // in signatures and actions: "acm-pca", "elasticloadbalancing"
  Protocol protocol{};
  std::string_view target_prefix = {};  // awsJson: "ACMPrivateCA."
  std::string_view api_version = {};    // "2017-08-22"
  std::string_view xml_namespace = {};  // query, restXml
  std::size_t body_limit = 1 << 20;     // octets of a request's body
  // What breaks the model is, where it is not the protocol's own word: "InvalidParameterException".
  std::string_view validation_error = {};
  std::string_view internal_failure = {};  // the same of our own faults: "ServiceFailure"
  bool shows_milliseconds = false;  // moments in XML are "2025-01-02T03:04:05.000Z": ELBv2, S3
  std::span<const QueryName> query_names = {};
  std::span<const QueryError> query_errors = {};
  std::string_view path_member = {};  // query: what a path that is not / says: "QueueUrl"
};

// Where an operation of a rest protocol is found, and what it answers:
//   static constexpr aws::Http http{"PUT", "/2015-03-31/functions/{FunctionName}/code"};
//   static constexpr aws::Http http{"GET", "/{Bucket}/{Key+}"};
// A query after the path must be there in the request ("/{Bucket}?list-type=2",
// "/{Bucket}?policy"), and so must the header that is named.
struct Http {
  std::string_view method = {};
  std::string_view uri = {};
  int status = 200;
  std::string_view root = {};    // restXml: the name of the answer's outermost element
  std::string_view header = {};  // tells CopyObject from PutObject
};

// Whether an operation gets the body as a whole, bounded, or piece by piece as it arrives.
enum class BodyKind { Whole, Stream };

// What the API model says of an operation.
struct OperationFacts {
  std::string_view name;  // "IssueCertificate"
  const Shape* input = nullptr;
  const Shape* output = nullptr;  // nothing: the model has no output shape
  Http http{};                    // rest protocols
  BodyKind body = BodyKind::Whole;
  std::size_t body_limit = 0;  // 0: the service's
};

}  // namespace everseal::aws::protocol

namespace everseal::aws {
using protocol::BodyKind;
using protocol::Http;
using protocol::Protocol;
using protocol::ServiceFacts;
}  // namespace everseal::aws
