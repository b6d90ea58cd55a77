#include "x509/ocsp_request.h"

#include "x509/algorithm.h"
#include "x509/ocsp_nonce.h"
#include "x509/ocsp_oids.h"

namespace everseal::x509 {
namespace {

using asn1::context_constructed;
using asn1::DerReader;

Extensions read_tagged_extensions(DerReader& in, unsigned number) {
  Extensions extensions;
  in.constructed(context_constructed(number),
                 [&](DerReader& body) { extensions = Extensions::read(body); });
  return extensions;
}

// [0] EXPLICIT Signature: its form, nothing else.
void pass_signature(DerReader& in) {
  in.constructed(context_constructed(0), [](DerReader& outer) {
    outer.sequence([](DerReader& signature) {
      read_algorithm(signature);
      signature.bit_string_octets();
      if (signature.next_is(context_constructed(0))) signature.any();
    });
  });
}

}  // namespace

Result<OcspRequest, OcspError> OcspRequest::parse(ByteView der) {
  if (der.size() > kMaxOctets) return OcspError::MalformedRequest;
  OcspRequest request;
  DerReader in(der);
  in.sequence([&](DerReader& body) {
    body.sequence([&](DerReader& tbs) { request.read_tbs(tbs); });
    if (!body.at_end()) pass_signature(body);
  });
  if (!in.finish("OCSP request")) return OcspError::MalformedRequest;
  if (request.beyond_us_) return OcspError::Unauthorized;
  return request;
}

// The version is not looked for: the only one is v1, the default, which DER leaves out.
void OcspRequest::read_tbs(DerReader& in) {
  if (in.next_is(context_constructed(1))) {
    in.constructed(context_constructed(1), [](DerReader& name) { name.any(); });
  }
  in.sequence([&](DerReader& list) {
    do {
      if (asked_.size() == kMaxAsked) return list.fail("too many certificates are asked about");
      read_single(list);
    } while (!list.at_end());
  });
  if (in.at_end()) return;
  const auto extensions = read_tagged_extensions(in, 2);
  if (const Extension* sent = extensions.find(oids::kOcspNonce)) {
    nonce_ = read_ocsp_nonce(in, sent->value);
  }
  judge(extensions);
}

void OcspRequest::read_single(DerReader& in) {
  in.sequence([&](DerReader& single) {
    const auto id = OcspCertId::read(single);
    if (id) asked_.push_back(*id);
    beyond_us_ = beyond_us_ || !id;
    if (!single.at_end()) judge(read_tagged_extensions(single, 0));
  });
}

void OcspRequest::judge(const Extensions& extensions) {
  for (const auto& extension : extensions) {
    const bool known = extension.type == oids::kOcspNonce;
    beyond_us_ = beyond_us_ || (extension.critical && !known);
  }
}

}  // namespace everseal::x509
