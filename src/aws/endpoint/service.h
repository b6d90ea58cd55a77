#pragma once

#include <map>
#include <memory>
#include <string_view>
#include <utility>

#include "aws/endpoint/operation.h"
#include "aws/protocol/facts.h"

namespace everseal::aws::endpoint {

// One AWS service: what its model says of it, and its operations.
//
//   endpoint::Service service{{.name = "acm-pca", .signing_name = "acm-pca",
//                              .protocol = Protocol::AwsJson11, .target_prefix = "ACMPrivateCA.",
//                              .api_version = "2017-08-22"}};
//   service.add(IssueCertificate{database, clock, signer});
//   service.add(GetCertificate{database});
class Service {
 public:
  explicit Service(protocol::ServiceFacts facts) : facts_(facts) {}

  template <Operation T>
  Service& add(T operation) {
    keep(std::make_unique<TypedOperation<T>>(std::move(operation), facts_.protocol));
    return *this;
  }

  const protocol::ServiceFacts& facts() const { return facts_; }
  // The operation of that name, or null.
  const AnyOperation* find(std::string_view name) const;
  const auto& operations() const { return operations_; }

 private:
  // Throws std::logic_error if there is one of that name already, or one of its patterns cannot be
  // compiled.
  void keep(std::unique_ptr<AnyOperation> operation);

  protocol::ServiceFacts facts_;
  std::map<std::string_view, std::unique_ptr<AnyOperation>> operations_;
};

}  // namespace everseal::aws::endpoint

namespace everseal::aws {
using endpoint::Service;
}
