#include "services/acmpca/publication/publication_point.h"

#include <gtest/gtest.h>

#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"

namespace everseal::acmpca {
namespace {

using testing::TestCa;

// A CA whose list is published.
struct World : TestCa {
  AuthorityArn ca = active_root();
  std::string key = "crl/" + std::string(ca.uuid()) + ".crl";

  World() {
    const CrlConfiguration crl{.enabled = true, .expiration_in_days = 7, .s3_bucket_name = "crls"};
    EXPECT_TRUE(run<UpdateCertificateAuthority>(
        {ca, RevocationConfiguration{.crl_configuration = crl}, std::nullopt}));
    run_jobs_until(clock.now());
  }
  http::Response get(const std::string& target, http::Headers headers = {}) {
    return publication_point.respond(
        {.head = {.method = "GET", .target = target, .headers = std::move(headers)}});
  }
};

std::string all_of(http::Response& response) {
  std::string octets;
  std::vector<std::uint8_t> space(100);
  while (const auto count = *response.source->read(space))
    octets.append(as_text(ByteView(space).first(count)));
  return octets;
}

TEST(PublicationPoint, gives_the_list_by_its_key_and_by_its_bucket) {
  World world;
  for (const auto& target : {"/" + world.key, "/crls/" + world.key, "/" + world.key + "?now"}) {
    auto response = world.get(target);
    ASSERT_EQ(response.status, 200) << target;
    EXPECT_EQ(all_of(response), as_text(world.bucket.find("crls/" + world.key)->content));
    EXPECT_EQ(response.headers.find("Content-Type"), "application/pkix-crl");
    EXPECT_EQ(response.headers.find("Cache-Control"), "no-cache");
  }
}

TEST(PublicationPoint, gives_the_same_in_pem) {
  World world;
  auto response = world.get("/" + world.key.substr(0, world.key.size() - 4) + ".pem");
  ASSERT_EQ(response.status, 200);
  EXPECT_TRUE(all_of(response).starts_with("-----BEGIN X509 CRL-----"));
}

TEST(PublicationPoint, says_only_that_nothing_changed_to_who_has_it) {
  World world;
  const auto first = world.get("/" + world.key);
  const std::string etag(*first.headers.find("ETag"));
  EXPECT_EQ(world.get("/" + world.key, {{"If-None-Match", etag}}).status, 304);
  EXPECT_EQ(world.get("/" + world.key, {{"If-None-Match", "\"another\""}}).status, 200);
}

TEST(PublicationPoint, has_nothing_else) {
  World world;
  for (const std::string target :
       {"/", "/crl/", "/crls/acm-pca-permission-test-key", "/x.crl", "/../crl/x.crl", "/.pem"})
    EXPECT_EQ(world.get(target).status, 404) << target;
}

TEST(PublicationPoint, says_when_the_bucket_cannot_be_read) {
  World world;
  world.bucket.refuses = "the disk is broken";
  EXPECT_EQ(world.get("/" + world.key).status, 503);
}

TEST(PublicationPoint, is_only_read) {
  World world;
  const auto route = world.publication_point.route({.method = "DELETE", .target = "/" + world.key});
  ASSERT_TRUE(std::holds_alternative<http::Response>(route));
  EXPECT_EQ(std::get<http::Response>(route).status, 405);
}

}  // namespace
}  // namespace everseal::acmpca
