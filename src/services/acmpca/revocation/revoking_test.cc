#include <gtest/gtest.h>

#include "services/acmpca/certificates/revocation_store.h"
#include "services/acmpca/crl/store.h"
#include "services/acmpca/operations/delete_certificate_authority.h"
#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"

namespace everseal::acmpca {
namespace {

using testing::csr_for;
using testing::TestCa;
using x509::CrlReason;

// A CA and a certificate of a year.
struct World : TestCa {
  AuthorityArn ca = active_root();
  x509::Certificate leaf = issue(order(ca, csr_for("app.internal")));

  std::string revoke(const std::string& serial,
                     RevocationReason reason = RevocationReason::KeyCompromise) {
    const auto answer = run<RevokeCertificate>({ca, serial, reason});
    return std::string(answer ? "done" : answer.error().code);
  }
  std::optional<RevocationStatus> found(const x509::SerialNumber& serial) {
    return *database->read(
        [&](sql::Snapshot& view) { return find_revocation(view, stored(ca).id, serial.octets()); });
  }
};

TEST(RevokeCertificate, is_for_good_and_says_when_and_why) {
  World world;
  EXPECT_FALSE(world.found(world.leaf.serial()));
  EXPECT_EQ(world.revoke(world.leaf.serial().hex()), "done");
  const auto revoked = world.found(world.leaf.serial());
  ASSERT_TRUE(revoked);
  EXPECT_EQ(revoked->revoked_at, world.clock.now());
  EXPECT_EQ(revoked->reason, CrlReason::KeyCompromise);
  EXPECT_EQ(world.revoke(world.leaf.serial().hex()), "RequestAlreadyProcessedException");
}

TEST(RevokeCertificate, takes_a_serial_in_any_spelling) {
  World world;
  auto spelled = world.leaf.serial().plain_hex();
  for (auto& letter : spelled) letter = static_cast<char>(std::toupper(letter));
  EXPECT_EQ(world.revoke("00" + spelled), "done");
  EXPECT_EQ(world.revoke(world.leaf.serial().plain_hex()), "RequestAlreadyProcessedException");
}

TEST(RevokeCertificate, knows_every_reason_of_the_api) {
  World world;
  const std::pair<RevocationReason, CrlReason> reasons[] = {
      {RevocationReason::Unspecified, CrlReason::Unspecified},
      {RevocationReason::KeyCompromise, CrlReason::KeyCompromise},
      {RevocationReason::CertificateAuthorityCompromise, CrlReason::CaCompromise},
      {RevocationReason::AffiliationChanged, CrlReason::AffiliationChanged},
      {RevocationReason::Superseded, CrlReason::Superseded},
      {RevocationReason::CessationOfOperation, CrlReason::CessationOfOperation},
      {RevocationReason::PrivilegeWithdrawn, CrlReason::PrivilegeWithdrawn},
      {RevocationReason::AACompromise, CrlReason::AaCompromise},
  };
  for (const auto& [asked, meant] : reasons) {
    const auto leaf = world.issue(world.order(world.ca, csr_for("app.internal")));
    EXPECT_EQ(world.revoke(leaf.serial().hex(), asked), "done");
    EXPECT_EQ(world.found(leaf.serial())->reason, meant);
  }
}

TEST(RevokeCertificate, refuses_what_it_cannot_revoke) {
  World world;
  EXPECT_EQ(world.revoke("c0ffee"), "ResourceNotFoundException");
  EXPECT_EQ(world.revoke("no serial"), "InvalidRequestException");
  EXPECT_EQ(world.revoke(""), "InvalidRequestException");
  const auto own = x509::Certificate::parse(world.stored(world.ca).installed->der);
  const auto answer = world.run<RevokeCertificate>(
      {world.ca, own->serial().hex(), RevocationReason::KeyCompromise});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "InvalidRequestException");
  EXPECT_EQ(answer.error().message, "Self-signed certificate can not be revoked.");
  world.clock.set(world.leaf.validity().not_after + std::chrono::seconds{1});
  EXPECT_EQ(world.revoke(world.leaf.serial().hex()), "InvalidRequestException");
}

TEST(RevokeCertificate, needs_a_ca_that_is_active_or_disabled) {
  World world;
  const auto other = world.issue(world.order(world.ca, csr_for("other.internal")));
  ASSERT_TRUE(world.run<UpdateCertificateAuthority>({world.ca, std::nullopt, CaStatus::Disabled}));
  EXPECT_EQ(world.revoke(other.serial().hex()), "done");
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({world.ca, std::nullopt}));
  EXPECT_EQ(world.revoke(world.leaf.serial().hex()), "InvalidStateException");
}

TEST(RevokeCertificate, revokes_a_ca_below) {
  World world;
  const auto below = world.active_subordinate(world.ca, "SubordinateCACertificate_PathLen0", 100);
  const auto certificate = x509::Certificate::parse(world.stored(below).installed->der);
  EXPECT_EQ(
      world.revoke(certificate->serial().hex(), RevocationReason::CertificateAuthorityCompromise),
      "done");
}

}  // namespace
}  // namespace everseal::acmpca
