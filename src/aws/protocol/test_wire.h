#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "aws/protocol/print.h"
#include "aws/protocol/wire_form.h"

// For the tests of this folder: a service of each protocol, and some shapes.
namespace everseal::aws::protocol {

inline constexpr std::string_view id = "6f6c1a9e-0000-4000-8000-000000000001";
inline constexpr ServiceFacts acm{.name = "acm",
                                  .signing_name = "acm",
                                  .protocol = Protocol::AwsJson11,
                                  .target_prefix = "CertificateManager."};
inline constexpr ServiceFacts elb{
    .name = "elbv2",
    .signing_name = "elasticloadbalancing",
    .protocol = Protocol::Query,
    .api_version = "2015-12-01",
    .xml_namespace = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
    .shows_milliseconds = true};
inline constexpr ServiceFacts iam{.name = "iam",
                                  .signing_name = "iam",
                                  .protocol = Protocol::Query,
                                  .api_version = "2010-05-08",
                                  .xml_namespace = "https://iam.amazonaws.com/doc/2010-05-08/"};
inline constexpr ServiceFacts lambda{
    .name = "lambda", .signing_name = "lambda", .protocol = Protocol::RestJson};
inline constexpr ServiceFacts s3{.name = "s3",
                                 .signing_name = "s3",
                                 .protocol = Protocol::RestXml,
                                 .xml_namespace = "http://s3.amazonaws.com/doc/2006-03-01/",
                                 .shows_milliseconds = true};

struct TrustStore {
  std::string name;
  std::optional<std::int32_t> count{};
  std::optional<TimePoint> created{};
  static constexpr auto fields =
      std::tuple{required("Name", &TrustStore::name), optional("Count", &TrustStore::count),
                 optional("Created", &TrustStore::created)};
};
struct TrustStores {
  std::vector<TrustStore> trust_stores;
  std::optional<std::string> next_marker;
  std::map<std::string, std::string> attributes;
  static constexpr auto fields = std::tuple{always("TrustStores", &TrustStores::trust_stores),
                                            optional("NextMarker", &TrustStores::next_marker),
                                            optional("Attributes", &TrustStores::attributes)};
};
struct Nothing {
  static constexpr auto fields = std::tuple{};
};

template <class Output>
http::Response printed(const ServiceFacts& service, std::string_view name, const Output& output,
                       Http http = {}) {
  const OperationFacts operation{
      .name = name, .input = &shape_of<Nothing>, .output = &shape_of<Output>, .http = http};
  return wire_form(service.protocol).print(print(output), service, operation, id);
}

inline http::RequestHead post(std::string target = "/") {
  return {.method = "POST", .target = std::move(target), .headers = {}, .peer = "127.0.0.1"};
}

}  // namespace everseal::aws::protocol
