#include <gtest/gtest.h>

#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/authority/changes.h"
#include "services/acmpca/authority/purge.h"
#include "services/acmpca/operations/create_certificate_authority.h"
#include "services/acmpca/operations/delete_certificate_authority.h"
#include "services/acmpca/operations/describe_certificate_authority.h"
#include "services/acmpca/operations/get_certificate_authority_certificate.h"
#include "services/acmpca/operations/get_certificate_authority_csr.h"
#include "services/acmpca/operations/list_certificate_authorities.h"
#include "services/acmpca/operations/restore_certificate_authority.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"
#include "x509/csr.h"
#include "x509/oids.h"

namespace everseal::acmpca {
namespace {

using testing::at;
using testing::TestCa;

CreateCertificateAuthority::Request wanted(CaType type = CaType::Root) {
  CaConfiguration configuration{.key_algorithm = KeyAlgorithm::EcP256,
                                .signing_algorithm = SigningAlgorithm::Sha256WithEcdsa,
                                .subject = {},
                                .csr_extensions = std::nullopt};
  configuration.subject.common_name = "Example CA";
  return {.certificate_authority_configuration = std::move(configuration),
          .revocation_configuration = std::nullopt,
          .certificate_authority_type = type,
          .idempotency_token = std::nullopt,
          .key_storage_security_standard = std::nullopt,
          .tags = {},
          .usage_mode = std::nullopt};
}

std::string_view code_of(const auto& answer) {
  return answer ? std::string_view("(none)") : answer.error().code;
}

TEST(CreateCertificateAuthority, answers_an_arn_of_the_callers_account_and_region) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  EXPECT_TRUE(
      ca.text().starts_with("arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/"));
  EXPECT_EQ(world.status(ca), CaStatus::PendingCertificate);
}

TEST(CreateCertificateAuthority, makes_a_csr_with_the_configured_subject_and_extensions) {
  TestCa world;
  auto request = wanted();
  auto& subject = request.certificate_authority_configuration.subject;
  subject.country = "US";
  subject.organization = "Example Corp";
  subject.locality = "Berlin";
  request.certificate_authority_configuration.csr_extensions = CsrExtensions{
      .key_usage = KeyUsage{.key_cert_sign = true, .crl_sign = true},
      .subject_information_access = {
          {.access_method = {.access_method_type = AccessMethodType::CaRepository},
           .access_location = {.uniform_resource_identifier = "http://repository.example/"}}}};
  const auto created = world.run<CreateCertificateAuthority>(request);
  ASSERT_TRUE(created.has_value());
  const auto ca = *AuthorityArn::parse(created->certificate_authority_arn);
  const auto csr = x509::Csr::parse_pem(world.csr_of(ca));
  ASSERT_TRUE(csr.has_value());
  EXPECT_TRUE(x509::verify_csr(*csr).has_value());
  EXPECT_EQ(csr->subject().text(), "L=Berlin,CN=Example CA,O=Example Corp,C=US");
  const auto constraints = csr->extensions().get<x509::BasicConstraints>();
  EXPECT_EQ(**constraints, (x509::BasicConstraints{.ca = true, .path_length = std::nullopt}));
  EXPECT_EQ(**csr->extensions().get<x509::KeyUsage>(),
            x509::KeyUsage::of({x509::KeyUsageBit::KeyCertSign, x509::KeyUsageBit::CrlSign}));
  EXPECT_TRUE(csr->extensions().contains(x509::oids::kSubjectInfoAccess));
}

TEST(CreateCertificateAuthority, refuses_what_contradicts_itself) {
  TestCa world;
  const auto code = [&](auto change) {
    auto request = wanted();
    change(request);
    return code_of(world.run<CreateCertificateAuthority>(request));
  };
  EXPECT_EQ(code([](auto& r) {
              r.certificate_authority_configuration.signing_algorithm =
                  SigningAlgorithm::Sha256WithRsa;
            }),
            "InvalidArgsException");
  EXPECT_EQ(code([](auto& r) {
              r.certificate_authority_configuration.key_algorithm = KeyAlgorithm::MlDsa65;
              r.certificate_authority_configuration.signing_algorithm = SigningAlgorithm::MlDsa65;
            }),
            "InvalidArgsException");
  EXPECT_EQ(code([](auto& r) { r.certificate_authority_configuration.subject = {}; }),
            "InvalidArgsException");
  EXPECT_EQ(code([](auto& r) {
              r.certificate_authority_configuration.subject.custom_attributes = {{"2.5.4.3", "x"}};
            }),
            "InvalidArgsException");
  for (const CustomAttribute& attribute :
       {CustomAttribute{"2.5.4.6", "USA"}, CustomAttribute{"2.5.4.3", std::string(65, 'a')}}) {
    EXPECT_EQ(code([&](auto& r) {
                r.certificate_authority_configuration.subject = {};
                r.certificate_authority_configuration.subject.custom_attributes = {attribute};
              }),
              "InvalidArgsException");
  }
  EXPECT_EQ(code([](auto& r) { r.key_storage_security_standard = SecurityStandard::Ccpc1; }),
            "InvalidArgsException");
  EXPECT_EQ(code([](auto& r) { r.tags = {{"team", "a"}, {"team", "b"}}; }), "InvalidTagException");
  EXPECT_EQ(code([](auto& r) { r.tags = {{"AWS:team", "a"}}; }), "InvalidTagException");
  EXPECT_EQ(code([](auto& r) {
              r.certificate_authority_configuration.csr_extensions = CsrExtensions{
                  .key_usage = std::nullopt,
                  .subject_information_access = {{.access_method = {}, .access_location = {}}}};
            }),
            "InvalidArgsException");
}

TEST(CreateCertificateAuthority, refuses_revocation_that_it_cannot_keep) {
  TestCa world;
  const auto answer = [&](RevocationConfiguration revocation) {
    auto request = wanted();
    request.revocation_configuration = std::move(revocation);
    return world.run<CreateCertificateAuthority>(request);
  };
  CrlConfiguration crl{.enabled = true, .expiration_in_days = 7, .s3_bucket_name = "my-bucket"};
  world.bucket.refuses = "the bucket does not exist";
  const auto refused = answer({.crl_configuration = crl});
  EXPECT_EQ(code_of(refused), "ValidationException");
  EXPECT_TRUE(refused.error().message.starts_with(
      "Permission error with your S3 bucket 'my-bucket'. Check that your bucket policy"));
  EXPECT_TRUE(refused.error().message.ends_with("The cause is: the bucket does not exist."));
  crl.custom_cname = "http://crl.example";
  EXPECT_EQ(code_of(answer({.crl_configuration = crl})), "InvalidArgsException");
  crl.custom_cname = "crl.example";
  crl.distribution_point_extension = CrlDistributionPointExtension{true};
  EXPECT_EQ(code_of(answer({.crl_configuration = crl})), "InvalidArgsException");
  EXPECT_EQ(code_of(answer({.crl_configuration = CrlConfiguration{.enabled = true}})),
            "InvalidArgsException");
  EXPECT_EQ(code_of(answer({.crl_configuration = CrlConfiguration{.expiration_in_days = 7}})),
            "InvalidArgsException");
  EXPECT_EQ(code_of(answer({.ocsp_configuration =
                                OcspConfiguration{.enabled = true,
                                                  .ocsp_custom_cname = "http://ocsp.example"}})),
            "InvalidArgsException");
  EXPECT_EQ(code_of(answer(
                {.ocsp_configuration = OcspConfiguration{.ocsp_custom_cname = "ocsp.example"}})),
            "InvalidArgsException");
  EXPECT_TRUE(
      answer({.crl_configuration = CrlConfiguration{}, .ocsp_configuration = OcspConfiguration{}})
          .has_value());
}

TEST(CreateCertificateAuthority, answers_a_token_once_within_five_minutes) {
  TestCa world;
  auto request = wanted();
  request.idempotency_token = "token-1";
  const auto create = [&] {
    return world.run<CreateCertificateAuthority>(request)->certificate_authority_arn;
  };
  const auto first = create();
  world.clock.advance(std::chrono::minutes{5} - std::chrono::milliseconds{1});
  EXPECT_EQ(create(), first);
  world.clock.advance(std::chrono::milliseconds{1});
  EXPECT_NE(create(), first);
}

TEST(CreateCertificateAuthority, refuses_one_more_than_the_quota_and_counts_deleted_ones) {
  TestCa world(Settings{.authorities = 2});
  const auto first = world.create(CaType::Root);
  world.create(CaType::Root);
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({first, 7}).has_value());
  EXPECT_EQ(code_of(world.run<CreateCertificateAuthority>(wanted())), "LimitExceededException");
  world.call.region = "eu-west-1";
  EXPECT_TRUE(world.run<CreateCertificateAuthority>(wanted()).has_value());
  world.call.region = "us-east-1";
  world.clock.advance(std::chrono::days{7});
  EXPECT_TRUE(world.run<CreateCertificateAuthority>(wanted()).has_value());
}

TEST(CreateCertificateAuthority, is_judged_by_the_tags_it_brings) {
  TestCa world;
  auto request = wanted();
  request.tags = {{"team", "web"}, {"alone", std::nullopt}};
  const auto access = world.operation<CreateCertificateAuthority>().access(request, world.call);
  EXPECT_EQ(access.resources, std::vector<std::string>{"*"});
  using Context = decltype(access.context);
  EXPECT_EQ(access.context, (Context{{"aws:RequestTag/team", {"web"}},
                                     {"aws:RequestTag/alone", {""}},
                                     {"aws:TagKeys", {"team", "alone"}}}));
}

TEST(DescribeCertificateAuthority, repeats_what_it_was_told_and_hides_what_is_not_there_yet) {
  TestCa world;
  auto request = wanted(CaType::Subordinate);
  request.usage_mode = UsageMode::ShortLivedCertificate;
  const auto arn = world.run<CreateCertificateAuthority>(request)->certificate_authority_arn;
  const auto described =
      world.run<DescribeCertificateAuthority>({*AuthorityArn::parse(arn)})->certificate_authority;
  EXPECT_EQ(described.arn, arn);
  EXPECT_EQ(described.owner_account, "111122223333");
  EXPECT_EQ(described.created_at, at("2025-03-01T12:00:00Z"));
  EXPECT_EQ(described.type, CaType::Subordinate);
  EXPECT_EQ(described.status, CaStatus::PendingCertificate);
  EXPECT_EQ(described.usage_mode, UsageMode::ShortLivedCertificate);
  EXPECT_EQ(described.key_storage_security_standard, SecurityStandard::Fips3);
  EXPECT_EQ(described.certificate_authority_configuration.subject.common_name, "Example CA");
  EXPECT_FALSE(described.revocation_configuration.crl_configuration->enabled);
  EXPECT_FALSE(described.revocation_configuration.ocsp_configuration->enabled);
  EXPECT_FALSE(described.serial || described.not_before || described.not_after ||
               described.restorable_until || described.failure_reason);
}

TEST(DescribeCertificateAuthority, shows_the_validity_once_a_certificate_is_installed) {
  TestCa world;
  const auto ca = world.active_root();
  const auto described = world.run<DescribeCertificateAuthority>({ca})->certificate_authority;
  EXPECT_EQ(described.status, CaStatus::Active);
  EXPECT_EQ(described.not_before, at("2025-03-01T11:00:00Z"));
  EXPECT_EQ(described.not_after, at("2035-03-01T12:00:00Z"));
  EXPECT_EQ(described.serial->size() % 2, 0U);
}

TEST(DescribeCertificateAuthority, finds_no_ca_of_another_account_or_region) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  const AuthorityArn unknown("us-east-1", "111122223333", "00000000-0000-0000-0000-000000000000");
  EXPECT_EQ(code_of(world.run<DescribeCertificateAuthority>({unknown})),
            "ResourceNotFoundException");
  world.call.caller.account = "444455556666";
  EXPECT_EQ(code_of(world.run<DescribeCertificateAuthority>({ca})), "ResourceNotFoundException");
  world.call.caller.account = "111122223333";
  world.call.region = "eu-west-1";
  EXPECT_EQ(code_of(world.run<DescribeCertificateAuthority>({ca})), "InvalidArnException");
}

TEST(AuthorityArn, is_nothing_but_the_name_of_a_ca) {
  for (const std::string_view text :
       {"", "ca", "arn:aws:acm:us-east-1:111122223333:certificate/1",
        "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/",
        "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/"
        "11111111-2222-3333-4444-55555555555G",
        "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/"
        "11111111-2222-3333-4444-555555555555/certificate/0a"}) {
    const auto arn = AuthorityArn::parse(text);
    ASSERT_FALSE(arn.has_value()) << text;
    EXPECT_EQ(arn.error().code, "InvalidArnException");
    EXPECT_EQ(arn.error().message, "Not a valid arn.");
  }
}

TEST(AuthorityArn, names_certificates_by_at_least_thirty_two_digits_and_reads_them_back) {
  const AuthorityArn ca("us-east-1", "111122223333", "11111111-2222-3333-4444-555555555555");
  const Bytes serial{0x0a, 0x1b};
  const auto arn = certificate_arn(ca, serial);
  EXPECT_EQ(arn, ca.text() + "/certificate/00000000000000000000000000000a1b");
  EXPECT_EQ(*serial_of(ca, arn), serial);
  EXPECT_FALSE(serial_of(ca, ca.text() + "/certificate/").has_value());
  EXPECT_FALSE(serial_of(ca, ca.text() + "/certificate/0A").has_value());
  EXPECT_FALSE(serial_of(ca, ca.text() + "/certificate/000").has_value());
  EXPECT_FALSE(serial_of(ca, ca.text()).has_value());
  const AuthorityArn other("us-east-1", "111122223333", "99999999-2222-3333-4444-555555555555");
  EXPECT_FALSE(serial_of(other, arn).has_value());
}

TEST(ListCertificateAuthorities, pages_through_all_of_an_account_and_region_deleted_ones_too) {
  TestCa world;
  std::vector<std::string> created;
  for (int i = 0; i < 5; ++i) created.push_back(world.create(CaType::Root).text());
  ASSERT_TRUE(
      world.run<DeleteCertificateAuthority>({*AuthorityArn::parse(created[1]), 7}).has_value());
  std::vector<std::string> listed;
  std::optional<std::string> token;
  do {
    const auto page = world.run<ListCertificateAuthorities>({2, token, std::nullopt});
    ASSERT_TRUE(page.has_value());
    EXPECT_LE(page->certificate_authorities.size(), 2U);
    for (const auto& ca : page->certificate_authorities) listed.push_back(ca.arn);
    token = page->next_token;
  } while (token);
  EXPECT_EQ(listed, created);
  world.clock.advance(std::chrono::days{7});
  const auto later = world.run<ListCertificateAuthorities>({});
  EXPECT_EQ(later->certificate_authorities.size(), 4U);
  world.call.region = "eu-west-1";
  EXPECT_TRUE(world.run<ListCertificateAuthorities>({})->certificate_authorities.empty());
}

TEST(ListCertificateAuthorities, shows_a_hundred_a_page_at_most) {
  TestCa world;
  for (int i = 0; i < 101; ++i) world.create(CaType::Root);
  const auto page = world.run<ListCertificateAuthorities>({1000, std::nullopt, std::nullopt});
  EXPECT_EQ(page->certificate_authorities.size(), 100U);
  EXPECT_TRUE(page->next_token.has_value());
  const auto rest = world.run<ListCertificateAuthorities>({1000, page->next_token, std::nullopt});
  EXPECT_EQ(rest->certificate_authorities.size(), 1U);
  EXPECT_FALSE(rest->next_token.has_value());
}

TEST(ListCertificateAuthorities, refuses_tokens_of_others_and_knows_none_that_others_share) {
  TestCa world;
  world.create(CaType::Root);
  EXPECT_EQ(code_of(world.run<ListCertificateAuthorities>({1, "nonsense", std::nullopt})),
            "InvalidNextTokenException");
  const auto shared = world.run<ListCertificateAuthorities>(
      {std::nullopt, std::nullopt, ResourceOwner::OtherAccounts});
  EXPECT_TRUE(shared->certificate_authorities.empty());
}

TEST(UpdateCertificateAuthority, switches_off_and_on_and_moves_the_time_of_change) {
  TestCa world;
  const auto ca = world.active_root();
  world.clock.advance(std::chrono::hours{1});
  ASSERT_TRUE(
      world.run<UpdateCertificateAuthority>({ca, std::nullopt, CaStatus::Disabled}).has_value());
  const auto described = world.run<DescribeCertificateAuthority>({ca})->certificate_authority;
  EXPECT_EQ(described.status, CaStatus::Disabled);
  EXPECT_EQ(described.last_state_change_at, world.clock.now());
  ASSERT_TRUE(
      world.run<UpdateCertificateAuthority>({ca, std::nullopt, CaStatus::Active}).has_value());
  EXPECT_EQ(world.status(ca), CaStatus::Active);
}

TEST(UpdateCertificateAuthority, refuses_other_statuses_and_revocation_that_it_cannot_keep) {
  TestCa world;
  const auto ca = world.active_root();
  EXPECT_EQ(code_of(world.run<UpdateCertificateAuthority>({ca, std::nullopt, CaStatus::Deleted})),
            "InvalidArgsException");
  const RevocationConfiguration ocsp{.ocsp_configuration =
                                         OcspConfiguration{.ocsp_custom_cname = "ocsp.example"}};
  EXPECT_EQ(code_of(world.run<UpdateCertificateAuthority>({ca, ocsp, std::nullopt})),
            "InvalidArgsException");
  EXPECT_TRUE(world.run<UpdateCertificateAuthority>({ca, RevocationConfiguration{}, std::nullopt})
                  .has_value());
}

TEST(UpdateCertificateAuthority, fails_if_somebody_else_was_faster) {
  TestCa world;
  const auto ca = world.stored(world.active_root());
  const auto twice = world.database->write([&](sql::Transaction& tx) -> Outcome {
    if (const auto first = update(tx, ca); !first) return first;
    return update(tx, ca);
  });
  ASSERT_FALSE(twice.has_value());
  EXPECT_EQ(twice.error().kind, Fault::Kind::Conflict);
}

TEST(DeleteCertificateAuthority, refuses_an_active_ca_in_awss_words) {
  TestCa world;
  const auto refused = world.run<DeleteCertificateAuthority>({world.active_root(), std::nullopt});
  EXPECT_EQ(code_of(refused), "InvalidStateException");
  EXPECT_EQ(refused.error().message,
            "The certificate authority is not in a valid state for deletion.");
}

TEST(DeleteCertificateAuthority, keeps_a_ca_restorable_for_thirty_days_if_nobody_chooses) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({ca, std::nullopt}).has_value());
  const auto described = world.run<DescribeCertificateAuthority>({ca})->certificate_authority;
  EXPECT_EQ(described.status, CaStatus::Deleted);
  EXPECT_EQ(described.restorable_until, at("2025-03-31T12:00:00Z"));
}

TEST(DeleteCertificateAuthority, erases_the_key_when_the_window_ends) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({ca, 7}).has_value());
  const jobs::Execution job{.kind = std::string(purge_kind),
                            .key = ca.text(),
                            .payload = {},
                            .due = world.clock.now(),
                            .attempt = 1};
  const std::weak_ptr<const keys::SigningKey> opened =
      *world.key_store.open(world.stored(ca).key_handle, ca.text());
  const auto run = [&] {
    return run_purge(*world.database, world.clock, world.log, world.key_store, job);
  };
  const auto early = run();
  EXPECT_EQ(early->next(), at("2025-03-08T12:00:00Z"));
  world.clock.set(at("2025-03-08T12:00:00Z"));
  EXPECT_FALSE(opened.expired());
  EXPECT_FALSE(run()->next().has_value());
  EXPECT_TRUE(opened.expired());
  EXPECT_FALSE(run()->next().has_value());
  const auto row = world.database->read([&](sql::Snapshot& view) {
    return view.one("SELECT key_handle, purged_at FROM acmpca_certificate_authority WHERE arn = $1",
                    ca.text());
  });
  EXPECT_TRUE((*row)->is_null(0));
  EXPECT_FALSE((*row)->is_null(1));
  EXPECT_EQ(world.log_lines.size(), 1U);
}

TEST(DeleteCertificateAuthority, promises_the_job_and_a_restoration_withdraws_it) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  const auto promised = [&] {
    const auto row = world.database->read([&](sql::Snapshot& view) {
      return view.one("SELECT due FROM jobs_job WHERE kind = $1 AND key = $2", purge_kind,
                      ca.text());
    });
    return row->has_value();
  };
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({ca, 7}).has_value());
  EXPECT_TRUE(promised());
  ASSERT_TRUE(world.run<RestoreCertificateAuthority>({ca}).has_value());
  EXPECT_FALSE(promised());
}

TEST(RestoreCertificateAuthority, finds_nothing_after_the_window) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({ca, 7}).has_value());
  world.clock.advance(std::chrono::days{7});
  EXPECT_EQ(code_of(world.run<RestoreCertificateAuthority>({ca})), "ResourceNotFoundException");
}

TEST(GetCertificateAuthorityCertificate, says_misleadingly_that_there_is_no_csr_state) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  const auto refused = world.run<GetCertificateAuthorityCertificate>({ca});
  EXPECT_EQ(code_of(refused), "InvalidStateException");
  EXPECT_EQ(refused.error().message,
            "The certificate authority " + ca.text() +
                " is not in the correct state to have a certificate signing request.");
}

TEST(GetCertificateAuthorityCertificate, answers_no_chain_for_a_root_and_all_above_for_others) {
  TestCa world;
  const auto root = world.active_root();
  const auto of_root = world.run<GetCertificateAuthorityCertificate>({root});
  EXPECT_FALSE(of_root->certificate_chain.has_value());
  const auto below = world.active_subordinate(root, "SubordinateCACertificate_PathLen0", 1000);
  const auto of_below = world.run<GetCertificateAuthorityCertificate>({below});
  EXPECT_EQ(of_below->certificate_chain, of_root->certificate);
}

TEST(GetCertificateAuthorityCsr, is_not_there_for_a_deleted_ca_and_stays_after_activation) {
  TestCa world;
  const auto ca = world.active_root();
  EXPECT_TRUE(world.run<GetCertificateAuthorityCsr>({ca}).has_value());
  const auto deleted = world.create(CaType::Root);
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({deleted, 7}).has_value());
  EXPECT_EQ(code_of(world.run<GetCertificateAuthorityCsr>({deleted})), "InvalidStateException");
}

TEST(Changes, are_refused_if_somebody_else_has_changed_the_ca_since_it_was_read) {
  TestCa world;
  const auto ca = world.active_root();
  const auto read = world.database->read(
      [&](sql::Snapshot& view) { return find_authority(view, ca.text(), world.clock.now()); });
  ASSERT_TRUE(read.has_value() && *read);
  const auto change = [&] {
    return world.database->write([&](sql::Transaction& tx) { return apply(tx, **read); });
  };
  EXPECT_TRUE(change().has_value());
  EXPECT_EQ(code_of(change()), "ConcurrentModificationException");
}

}  // namespace
}  // namespace everseal::acmpca
