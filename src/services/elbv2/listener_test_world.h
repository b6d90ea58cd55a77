#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "services/elbv2/operations/add_listener_certificates.h"
#include "services/elbv2/operations/delete_listener.h"
#include "services/elbv2/operations/describe_listener_certificates.h"
#include "services/elbv2/operations/describe_listeners.h"
#include "services/elbv2/operations/modify_listener.h"
#include "services/elbv2/operations/remove_listener_certificates.h"
#include "services/elbv2/test_world.h"

// For tests: what they do to a listener again and again.
namespace everseal::elbv2 {

using Texts = std::vector<std::string>;
using Users = std::set<std::string>;

class ListenerTest : public testing::Test {
 protected:
  CreateListener::Request http(std::int32_t port = 80) {
    return TestWorld::listener_request(balancer, port);
  }
  CreateListener::Request https(std::int32_t port = 443) {
    auto request = http(port);
    request.protocol = Protocol::Https;
    request.certificates = {{certificate, {}}};
    return request;
  }
  std::string refused(const CreateListener::Request& request) {
    return code_of(world.try_listen(request));
  }
  std::string refused_action(const shapes::Action& action) {
    auto request = https();
    request.default_actions = {action};
    return refused(request);
  }
  std::string refused_authentication(const shapes::MutualAuthentication& said) {
    auto request = https();
    request.mutual_authentication = said;
    return refused(request);
  }
  auto modify(ModifyListener::Request request) {
    return ModifyListener{*world.database, world.certificates, world.trust_stores}(request,
                                                                                   world.call);
  }
  auto remove(const std::string& arn) {
    return DeleteListener{*world.database, world.certificates}({arn}, world.call);
  }
  auto add_certificate(const std::string& listener, const std::string& arn) {
    return AddListenerCertificates{*world.database, world.certificates}({listener, {{arn, {}}}},
                                                                        world.call);
  }
  auto remove_certificate(const std::string& listener, const std::string& arn) {
    return RemoveListenerCertificates{*world.database, world.certificates}({listener, {{arn, {}}}},
                                                                           world.call);
  }
  Texts certificates_of(const std::string& listener) {
    Texts all;
    for (const auto& each :
         need(DescribeListenerCertificates{*world.database}({listener, {}, {}}, world.call))
             .certificates) {
      all.push_back(*each.certificate_arn + (*each.is_default ? " default" : ""));
    }
    return all;
  }
  DescribeListeners::Response describe() {
    return need(DescribeListeners{*world.database}({balancer, {}, {}, {}}, world.call));
  }

  TestWorld world;
  const std::string balancer = world.create("edge").load_balancer_arn;
  const std::string group = world.create_group("api").target_group_arn;
  const std::string certificate = world.certificate("one");
};

}  // namespace everseal::elbv2
