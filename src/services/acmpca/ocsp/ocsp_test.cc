#include <gtest/gtest.h>

#include "encoding/base64.h"
#include "issuance/log/checkpoint.h"
#include "issuance/log/verification.h"
#include "services/acmpca/certificates/signed_certificates.h"
#include "services/acmpca/operations/delete_certificate_authority.h"
#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"
#include "x509/ocsp_builder.h"
#include "x509/ocsp_response.h"

namespace everseal::acmpca::ocsp {
namespace {

using namespace std::chrono_literals;
using testing::csr_for;
using testing::TestCa;
using x509::OcspError;
using x509::OcspHash;

// A CA that answers OCSP, and a certificate of it.
struct World : TestCa {
  explicit World(KeyAlgorithm algorithm = KeyAlgorithm::EcP256)
      : ca(active_root("Example Root", algorithm)) {
    EXPECT_EQ(configure({.enabled = true}), "done");
    run_jobs_until(clock.now());
    leaf.emplace(new_leaf());
  }

  AuthorityArn ca;
  std::optional<x509::Certificate> leaf;

  x509::Certificate new_leaf() { return issue(order(ca, csr_for("app.internal"))); }
  std::string configure(const OcspConfiguration& ocsp) {
    const auto answer = run<UpdateCertificateAuthority>(
        {ca, RevocationConfiguration{.ocsp_configuration = ocsp}, std::nullopt});
    return std::string(answer ? "done" : answer.error().code);
  }
  x509::Certificate certificate() { return *x509::Certificate::parse(stored(ca).installed->der); }
  x509::OcspCertId id(const x509::SerialNumber& serial, OcspHash hash = OcspHash::Sha1) {
    return {x509::OcspIssuer::of(hash, certificate()), serial};
  }

  // As the server asks: first what is at hand.
  http::Response post(const Bytes& question) {
    const http::Request request{.head = {.method = "POST", .target = "/"},
                                .body = std::string(as_text(question))};
    at_hand = publication_point.respond_now(request);
    return at_hand ? *std::move(at_hand) : publication_point.respond(request);
  }
  bool is_at_hand(const Bytes& question) {
    return publication_point
        .respond_now(
            {.head = {.method = "POST", .target = "/"}, .body = std::string(as_text(question))})
        .has_value();
  }
  // What it says of one certificate; the signature is verified.
  x509::OcspStatus ask(const x509::SerialNumber& serial, ByteView nonce = {},
                       OcspHash hash = OcspHash::Sha1) {
    return single(serial, nonce, hash).status;
  }
  x509::OcspSingle single(const x509::SerialNumber& serial, ByteView nonce = {},
                          OcspHash hash = OcspHash::Sha1) {
    const auto asked = id(serial, hash);
    const auto response = post(x509::build_ocsp_request(std::span(&asked, 1), nonce));
    const auto answer = x509::OcspResponse::parse(as_bytes(response.body));
    if (!answer || answer->error()) throw std::runtime_error("no answer");
    EXPECT_TRUE(x509::verify_ocsp_response(*answer, certificate(), clock.now()));
    EXPECT_TRUE(std::ranges::equal(answer->data().nonce(), nonce));
    EXPECT_EQ(answer->data().singles().size(), 1U);
    return answer->data().singles().front();
  }
  // How long ago the answer about it was signed.
  std::chrono::milliseconds age(const x509::Certificate& certificate,
                                OcspHash hash = OcspHash::Sha1) {
    return clock.now() - single(certificate.serial(), {}, hash).this_update;
  }
  std::optional<OcspError> error_of(const http::Response& response) {
    return x509::OcspResponse::parse(as_bytes(response.body))->error();
  }
  void revoke(const x509::SerialNumber& serial) {
    const auto done = run<RevokeCertificate>({ca, serial.hex(), RevocationReason::KeyCompromise});
    if (!done) throw std::runtime_error(done.error().message);
  }

  std::optional<http::Response> at_hand;
};

Bytes question(const x509::OcspCertId& id) { return x509::build_ocsp_request(std::span(&id, 1)); }

TEST(Ocsp, knows_good_revoked_and_never_issued) {
  for (const auto algorithm : {KeyAlgorithm::EcP256, KeyAlgorithm::EcP384, KeyAlgorithm::Rsa2048}) {
    World world(algorithm);
    const auto& serial = world.leaf->serial();
    for (const auto hash : {OcspHash::Sha1, OcspHash::Sha256}) {
      EXPECT_TRUE(std::holds_alternative<x509::OcspUnknown>(
          world.ask(*x509::SerialNumber::parse("c0ffee"), {}, hash)));
    }
    EXPECT_TRUE(std::holds_alternative<x509::OcspGood>(world.ask(serial)));
    EXPECT_TRUE(std::holds_alternative<x509::OcspGood>(world.ask(serial, {}, OcspHash::Sha256)));
    world.revoke(serial);
    for (const auto hash : {OcspHash::Sha1, OcspHash::Sha256}) {
      const auto status = world.ask(serial, {}, hash);
      ASSERT_TRUE(std::holds_alternative<x509::OcspRevoked>(status));
      EXPECT_EQ(std::get<x509::OcspRevoked>(status).at, world.clock.now());
      EXPECT_EQ(std::get<x509::OcspRevoked>(status).reason, x509::CrlReason::KeyCompromise);
    }
  }
}

TEST(Ocsp, answers_from_memory_until_the_certificate_is_revoked) {
  World world;
  const auto asked = question(world.id(world.leaf->serial()));
  EXPECT_FALSE(world.is_at_hand(asked));
  world.post(asked);
  EXPECT_TRUE(world.is_at_hand(asked));
  const auto other = world.new_leaf();
  world.revoke(other.serial());
  EXPECT_TRUE(world.is_at_hand(asked));
  world.revoke(world.leaf->serial());
  EXPECT_FALSE(world.is_at_hand(asked));
}

TEST(Ocsp, signs_anew_when_half_of_the_time_is_over) {
  World world;
  const auto asked = question(world.id(world.leaf->serial()));
  const auto first = world.post(asked).body;
  world.clock.set(world.clock.now() + 12h - 1s);
  EXPECT_EQ(world.post(asked).body, first);
  world.clock.set(world.clock.now() + 1s);
  EXPECT_NE(world.post(asked).body, first);
}

TEST(Ocsp, has_signed_before_anybody_asks) {
  World world;
  world.run_jobs_until(world.clock.now() + 1h);
  world.clock.advance(10min);
  EXPECT_EQ(world.age(*world.leaf), 10min);
  EXPECT_EQ(world.age(world.new_leaf()), 0min);
  EXPECT_EQ(world.age(*world.leaf, OcspHash::Sha256), 0min);
}

TEST(Ocsp, signs_the_answers_that_nobody_asks_for_anew_in_the_middle_of_their_time) {
  World world;
  const auto start = world.clock.now();
  world.run_jobs_until(start + 24h);
  world.clock.advance(30min);
  EXPECT_GE(world.age(*world.leaf), 30min);
  EXPECT_LE(world.age(*world.leaf), 13h);
}

TEST(Ocsp, signs_no_answer_anew_that_could_not_live_longer) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  world.install_root(ca, testing::days(3));
  ASSERT_TRUE(world.run<UpdateCertificateAuthority>(
      {ca, RevocationConfiguration{.ocsp_configuration = OcspConfiguration{.enabled = true}},
       std::nullopt}));
  const auto end = x509::Certificate::parse(world.stored(ca).installed->der)->validity().not_after;
  const Validity until_then{20250304120000, ValidityPeriodType::EndDate};
  world.issue(world.order(ca, csr_for("app.internal"), "EndEntityCertificate", until_then));
  const auto signed_at = [&] {
    const auto answer = world.database->read([](sql::Snapshot& view) {
      const auto row = view.one("SELECT certificate FROM acmpca_ocsp_answer");
      return find_answer(view, (*row)->integer(0));
    });
    return (*answer)->window.this_update;
  };
  world.run_jobs_until(end - 2h);
  const auto last = signed_at();
  EXPECT_LT(last, end - 2h);
  world.run_jobs_until(end - 1min);
  EXPECT_EQ(signed_at(), last);
}

TEST(Ocsp, forgets_a_good_answer_that_it_had_signed_when_the_certificate_is_revoked) {
  World world;
  world.run_jobs_until(world.clock.now() + 1h);
  world.clock.advance(10min);
  world.revoke(world.leaf->serial());
  EXPECT_TRUE(std::holds_alternative<x509::OcspRevoked>(world.ask(world.leaf->serial())));
  world.run_jobs_until(world.clock.now() + 2h);
  Desk restarted(*world.database, world.clock, world.ocsp_responders, world.settings);
  const auto asked = world.id(world.leaf->serial());
  world.clock.advance(10min);
  const auto reply =
      restarted.answer(*x509::OcspRequest::parse(x509::build_ocsp_request(std::span(&asked, 1))));
  const auto answer = x509::OcspResponse::parse(as_bytes(reply->octets));
  const auto& single = answer->data().singles().front();
  EXPECT_TRUE(std::holds_alternative<x509::OcspRevoked>(single.status));
  EXPECT_LT(single.this_update, world.clock.now());
}

TEST(Ocsp, has_signed_for_all_certificates_of_a_ca_that_answers_only_since_today) {
  World world;
  EXPECT_EQ(world.configure({.enabled = false}), "done");
  world.run_jobs_until(world.clock.now() + 2h);
  const auto early = world.new_leaf();
  EXPECT_EQ(world.configure({.enabled = true}), "done");
  world.run_jobs_until(world.clock.now() + 1h);
  world.clock.advance(10min);
  EXPECT_GE(world.age(early), 10min);
  EXPECT_GE(world.age(*world.leaf), 10min);
}

TEST(Ocsp, signs_nothing_more_about_a_certificate_that_has_ended) {
  World world;
  world.run_jobs_until(world.leaf->validity().not_after + 24h);
  world.clock.advance(10min);
  EXPECT_EQ(world.age(*world.leaf), 0min);
}

// The same CA after the program was started again.
struct Restarted {
  explicit Restarted(World& world)
      : responders(*world.database, world.clock, world.random, world.key_store, world.authorities,
                   world.log, world.settings),
        desk(*world.database, world.clock, responders, world.settings),
        presigner(*world.database, world.clock, responders, world.settings) {}

  Result<Desk::Reply, OcspError> ask(const x509::OcspCertId& id) {
    return desk.answer(*x509::OcspRequest::parse(question(id)));
  }

  Responders responders;
  Desk desk;
  Presigner presigner;
};

TEST(Ocsp, asks_for_patience_while_its_key_cannot_be_opened_and_keeps_what_it_had_signed) {
  World world;
  world.run_jobs_until(world.clock.now() + 1h);
  const auto exchange_handles = [&] {
    ASSERT_TRUE(world.database->write([](sql::Transaction& tx) -> Outcome {
      const auto done = tx.run(
          "UPDATE acmpca_ocsp_responder SET key_handle = der, der = key_handle "
          "WHERE key_handle IS NOT NULL");
      return done ? Outcome() : Outcome(done.error());
    }));
  };
  const auto asked = world.id(world.leaf->serial());
  exchange_handles();
  Restarted restarted(world);
  EXPECT_EQ(restarted.ask(asked).error(), OcspError::TryLater);
  EXPECT_FALSE(restarted.presigner.sign({.kind = std::string(Presigner::job_kind),
                                         .key = std::to_string(world.stored(world.ca).id),
                                         .payload = {},
                                         .due = world.clock.now(),
                                         .attempt = 1}));
  exchange_handles();
  world.clock.advance(1min);
  const auto reply = restarted.ask(asked);
  ASSERT_TRUE(reply);
  const auto answer = x509::OcspResponse::parse(as_bytes(reply->octets));
  EXPECT_LT(answer->data().singles().front().this_update, world.clock.now());
}

TEST(Ocsp, has_signed_with_the_new_responder_soon_after_it_took_over) {
  World world;
  world.run_jobs_until(world.clock.now() + 24h * 15 + 2h);
  world.clock.advance(1min);
  EXPECT_GE(world.age(*world.leaf), 1min);
}

TEST(Ocsp, gives_a_nonce_back) {
  World world;
  const Bytes nonce(32, 0x5a);
  EXPECT_TRUE(std::holds_alternative<x509::OcspGood>(world.ask(world.leaf->serial(), nonce)));
}

TEST(Ocsp, answers_several_questions_at_once) {
  World world;
  const auto bad = world.new_leaf();
  world.revoke(bad.serial());
  const x509::OcspCertId asked[] = {world.id(world.leaf->serial()), world.id(bad.serial())};
  const auto response = world.post(x509::build_ocsp_request(asked));
  const auto answer = x509::OcspResponse::parse(as_bytes(response.body));
  ASSERT_EQ(answer->data().singles().size(), 2U);
  EXPECT_TRUE(std::holds_alternative<x509::OcspGood>(answer->data().singles()[0].status));
  EXPECT_TRUE(std::holds_alternative<x509::OcspRevoked>(answer->data().singles()[1].status));
}

TEST(Ocsp, is_asked_by_get_and_may_be_kept_for_minutes) {
  World world;
  const auto asked = question(world.id(world.leaf->serial()));
  const http::RequestHead head{.method = "GET", .target = "/" + encoding::to_base64(asked)};
  const auto response = world.publication_point.respond({.head = head});
  EXPECT_EQ(response.headers.find("Content-Type"), "application/ocsp-response");
  EXPECT_EQ(response.headers.find("Cache-Control"),
            "max-age=300, public, no-transform, must-revalidate");
  auto again = head;
  again.headers.add("If-None-Match", std::string(*response.headers.find("ETag")));
  EXPECT_EQ(world.publication_point.respond({.head = again}).status, 304);
  EXPECT_EQ(
      world.publication_point.respond({.head = {.method = "GET", .target = "/no-question"}}).status,
      404);
}

TEST(Ocsp, refuses_what_is_not_for_it) {
  World world;
  EXPECT_EQ(world.error_of(world.post(to_bytes("no DER"))), OcspError::MalformedRequest);
  const auto stranger = world.active_root("A CA without OCSP");
  const auto other = *x509::Certificate::parse(world.stored(stranger).installed->der);
  EXPECT_EQ(world.error_of(world.post(
                question({x509::OcspIssuer::of(OcspHash::Sha1, other), world.leaf->serial()}))),
            OcspError::Unauthorized);
}

TEST(Ocsp, ends_when_it_is_switched_off_or_the_ca_is_deleted) {
  World world;
  const auto asked = question(world.id(world.leaf->serial()));
  world.post(asked);
  EXPECT_EQ(world.configure({.enabled = false}), "done");
  EXPECT_EQ(world.error_of(world.post(asked)), OcspError::Unauthorized);
  EXPECT_EQ(world.configure({.enabled = true}), "done");
  world.run_jobs_until(world.clock.now());
  EXPECT_FALSE(world.error_of(world.post(asked)));
  ASSERT_TRUE(world.run<UpdateCertificateAuthority>({world.ca, std::nullopt, CaStatus::Disabled}));
  EXPECT_FALSE(world.error_of(world.post(asked)));
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({world.ca, std::nullopt}));
  EXPECT_EQ(world.error_of(world.post(asked)), OcspError::Unauthorized);
}

TEST(Ocsp, has_a_new_responder_in_the_middle_of_the_life_of_the_old_one) {
  World world;
  const auto signer = [&] {
    const auto response = world.post(question(world.id(world.leaf->serial())));
    const auto answer = x509::OcspResponse::parse(as_bytes(response.body));
    return answer->certificates().front().serial().hex();
  };
  const auto first = signer();
  world.run_jobs_until(world.clock.now() + 24h * 14);
  EXPECT_EQ(signer(), first);
  world.run_jobs_until(world.clock.now() + 24h * 2);
  EXPECT_NE(signer(), first);
}

TEST(Ocsp, names_its_place_in_certificates) {
  World world;
  const auto places = [&] {
    return world.new_leaf().extensions().get<x509::AuthorityInfoAccess>()->value().uris(
        x509::oids::kAccessOcsp);
  };
  EXPECT_EQ(places(), std::vector<std::string>{"http://ocsp.acm-pca.us-east-1.amazonaws.com"});
  world.configure({.enabled = true, .ocsp_custom_cname = "ocsp.example"});
  EXPECT_EQ(places(), std::vector<std::string>{"http://ocsp.example"});
}

TEST(Ocsp, has_its_responders_in_the_issuance_log) {
  World world;
  world.run_jobs_until(world.clock.now() + 24h * 16);
  const auto key = issuance::log::LogKey::open_or_create(*world.database, world.vault);
  const auto verified = *world.database->read([&](sql::Snapshot& view) {
    SignedCertificates certificates;
    return issuance::log::verify(view, certificates, key->public_key_info());
  });
  EXPECT_TRUE(verified.is_sound()) << verified.first_bad->what;
  EXPECT_EQ(verified.compared, 5U);  // two certificates, an import, two responders
}

}  // namespace
}  // namespace everseal::acmpca::ocsp
