#include <gtest/gtest.h>

#include "services/acm/operations/revoke_certificate.h"
#include "services/acm/testing/world.h"

namespace everseal::acm {
namespace {

using testing::World;

// A certificate that was issued and exported.
struct Revoked : World {
  std::string arn = issued();
  Revoked() { EXPECT_TRUE(export_certificate(arn)); }

  std::string revoke(RevocationReason reason = RevocationReason::KeyCompromise) {
    const auto answer = RevokeCertificate{*database, clock, issuer, events}({arn, reason}, call);
    return answer ? answer->certificate_arn : std::string(answer.error().code);
  }
};

TEST(RevokeCertificate, revokes_at_the_ca_and_says_so) {
  Revoked it;
  EXPECT_EQ(it.revoke(RevocationReason::Superseded), it.arn);
  const auto detail = it.describe(it.arn);
  EXPECT_EQ(detail.status, CertificateStatus::Revoked);
  EXPECT_EQ(detail.revoked_at, it.clock.now());
  EXPECT_EQ(detail.revocation_reason, RevocationReason::Superseded);
  ASSERT_EQ(it.issuer.revocations().size(), 1U);
  const auto& told = it.issuer.revocations().front();
  EXPECT_EQ(told.certificate_authority_arn, World::ca_arn);
  EXPECT_EQ(told.serial, detail.serial);
  EXPECT_EQ(told.reason, RevocationReason::Superseded);
}

TEST(RevokeCertificate, ends_managed_renewal) {
  Revoked it;
  EXPECT_EQ(it.promised("acm.renew"), 1U);
  it.revoke();
  EXPECT_EQ(it.promised("acm.renew"), 0U);
}

TEST(RevokeCertificate, refuses_what_cannot_be_revoked) {
  Revoked it;
  EXPECT_EQ(it.revoke(RevocationReason::CertificateHold), "ValidationException");
  EXPECT_EQ(it.revoke(RevocationReason::RemoveFromCrl), "ValidationException");
  it.revoke();
  EXPECT_EQ(it.revoke(), "ConflictException");
  EXPECT_EQ(it.issuer.revocations().size(), 1U);
  it.arn = it.issued("never-exported.corp.internal");
  EXPECT_EQ(it.revoke(), "ValidationException");
  it.arn = "arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555";
  EXPECT_EQ(it.revoke(), "ResourceNotFoundException");
}

TEST(RevokeCertificate, changes_nothing_when_the_ca_cannot_revoke) {
  Revoked it;
  it.issuer.keeps = "the CA is deleted";
  EXPECT_EQ(it.revoke(), "ConflictException");
  EXPECT_EQ(it.describe(it.arn).status, CertificateStatus::Issued);
  EXPECT_EQ(it.promised("acm.renew"), 1U);
}

}  // namespace
}  // namespace everseal::acm
