#include "services/elbv2/listener_test_world.h"
#include "services/elbv2/operations/delete_load_balancer.h"

namespace everseal::elbv2 {
namespace {

TEST_F(ListenerTest, has_only_certificates_that_are_issued_and_the_callers) {
  const auto with = [&](const std::string& arn) {
    auto request = https();
    request.certificates = {{arn, {}}};
    return refused(request);
  };
  EXPECT_EQ(with("arn:aws:acm:eu-west-1:111122223333:certificate/none"), "CertificateNotFound");
  const auto pending = world.certificate("pending");
  world.certificates.statuses[pending] = CertificateSource::Status::NotIssued;
  EXPECT_EQ(with(pending), "CertificateNotFound");
  const std::string foreign = "arn:aws:acm:eu-west-1:999988887777:certificate/one";
  world.certificates.statuses[foreign] = CertificateSource::Status::Issued;
  EXPECT_EQ(with(foreign), "CertificateNotFound");
}

TEST_F(ListenerTest, makes_its_certificates_be_in_use) {
  const auto first = world.listen(https()).listener_arn;
  const auto second = world.listen(https(8443)).listener_arn;
  EXPECT_EQ(world.certificates.users[certificate], Users{balancer});
  need(remove(first));
  EXPECT_EQ(world.certificates.users[certificate], Users{balancer}) << "the other one has it";
  const auto newer = world.certificate("two");
  ModifyListener::Request change;
  change.listener_arn = second;
  change.certificates = {{newer, {}}};
  need(modify(change));
  EXPECT_EQ(world.certificates.users[certificate], Users{});
  EXPECT_EQ(world.certificates.users[newer], Users{balancer});
  need(DeleteLoadBalancer{*world.database, world.certificates}({balancer}, world.call));
  EXPECT_EQ(world.certificates.users[newer], Users{});
}

TEST_F(ListenerTest, has_further_certificates_for_other_names) {
  const auto arn = world.listen(https()).listener_arn;
  const auto two = world.certificate("two"), three = world.certificate("three");
  need(add_certificate(arn, two));
  need(add_certificate(arn, two));
  need(add_certificate(arn, certificate));
  EXPECT_EQ(certificates_of(arn), (Texts{certificate + " default", certificate, two}));
  EXPECT_EQ(world.certificates.users[two], Users{balancer});
  need(remove_certificate(arn, certificate));
  EXPECT_EQ(code_of(remove_certificate(arn, certificate)), "OperationNotPermitted");
  need(remove_certificate(arn, two));
  need(remove_certificate(arn, three));
  EXPECT_EQ(certificates_of(arn), Texts{certificate + " default"});
  EXPECT_EQ(world.certificates.users[two], Users{});
  EXPECT_EQ(code_of(add_certificate(arn, certificate + "0")), "CertificateNotFound");
  const AddListenerCertificates add{*world.database, world.certificates};
  EXPECT_EQ(code_of(add({arn, {{two, {}}, {three, {}}}}, world.call)), "ValidationError");
  EXPECT_EQ(code_of(add_certificate(world.listen(http()).listener_arn, two)),
            "InvalidConfigurationRequest");
}

TEST_F(ListenerTest, has_twenty_five_further_certificates_at_most) {
  const auto arn = world.listen(https()).listener_arn;
  for (int i = 0; i < 25; ++i) {
    need(add_certificate(arn, world.certificate("more" + std::to_string(i))));
  }
  const auto last = world.certificate("last");
  EXPECT_EQ(code_of(add_certificate(arn, last)), "TooManyCertificates");
  EXPECT_EQ(world.certificates.users.contains(last) && certificates_of(arn).size() > 26, false);
  const DescribeListenerCertificates list{*world.database};
  const auto first = need(list({arn, {}, 20}, world.call));
  EXPECT_EQ(first.certificates.size(), 21U);
  EXPECT_EQ(need(list({arn, first.next_marker, 20}, world.call)).certificates.size(), 5U);
}

TEST_F(ListenerTest, loses_what_belongs_to_tls_when_it_becomes_plain) {
  const auto arn = world.listen(https()).listener_arn;
  need(add_certificate(arn, world.certificate("two")));
  ModifyListener::Request change;
  change.listener_arn = arn;
  change.protocol = Protocol::Http;
  const auto plain = need(modify(change)).listeners[0];
  EXPECT_TRUE(plain.certificates.empty());
  EXPECT_FALSE(plain.ssl_policy);
  EXPECT_FALSE(plain.mutual_authentication);
  EXPECT_EQ(world.certificates.users[certificate], Users{});
  EXPECT_EQ(world.certificates.users[world.certificate("two")], Users{});
  change.protocol = Protocol::Https;
  EXPECT_EQ(code_of(modify(change)), "ValidationError") << "it has no certificate";
}

}  // namespace
}  // namespace everseal::elbv2
