// Policy documents from strangers: whatever the octets are, nothing breaks; of one that is a
// policy, a Deny of everything always denies, and an Allow of everything allows unless it denies.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "aws/policy/evaluate.h"
#include "aws/policy/test_request.h"
#include "encoding/bytes.h"

namespace {

using namespace everseal;
using namespace everseal::aws::policy;
using Outcome = Decision::Outcome;

void require(bool holds) {
  if (!holds) std::abort();
}

SharedPolicy everything(std::string_view effect) {
  const std::string text = R"({"Version": "2012-10-17", "Statement": {"Effect": ")" +
                           std::string(effect) + R"(", "Action": "*", "Resource": "*"}})";
  return *Policy::parse(text, Kind::Identity);
}

Outcome outcome_of(const TestRequest& request, std::span<const SharedPolicy> policies) {
  const auto decision = request.ask({.identity = policies});
  require(decision.has_value());
  return decision->outcome;
}

void check_identity(const SharedPolicy& policy) {
  static const SharedPolicy allow = everything("Allow"), deny = everything("Deny");
  TestRequest user, session;
  session.as_role_session().with("acm-pca:TemplateArn", {"a", "b"});
  for (const auto& request : {user, session}) {
    const auto alone = outcome_of(request, std::array{policy});
    const bool denies = alone == Outcome::ExplicitlyDenied;
    require(outcome_of(request, std::array{policy, deny}) == Outcome::ExplicitlyDenied);
    require(outcome_of(request, std::array{allow, policy}) ==
            (denies ? Outcome::ExplicitlyDenied : Outcome::Allowed));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text(ByteView(data, size));
  require(counted_size(text) <= size);
  if (const auto policy = Policy::parse(text, Kind::Identity)) check_identity(*policy);
  const auto resource = Policy::parse(text, Kind::Resource);
  if (resource) {
    for (const auto& request : {TestRequest{}, TestRequest{}.as_service("acm.amazonaws.com")}) {
      require(request.ask({.resource = resource->get()}).has_value());
    }
  }
  static_cast<void>(Policy::parse(text, Kind::Trust).has_value());
  return 0;
}
