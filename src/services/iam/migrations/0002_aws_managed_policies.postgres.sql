-- What AWS gives to every account, as far as our services go: the names that scripts attach.
INSERT INTO iam_policy (arn, id, account, name, folded_name, path, description, default_version, created_at, updated_at) VALUES
  ('arn:aws:iam::aws:policy/AdministratorAccess', 'ANPA7E7ALMTL67E5SJ2UQ', 'aws', 'AdministratorAccess', 'administratoraccess',
   '/', 'Provides full access to AWS services and resources.', 1, 1423247986000, 1423247986000),
  ('arn:aws:iam::aws:policy/AWSCertificateManagerFullAccess', 'ANPAV3PCDCHARKE24NCGV', 'aws', 'AWSCertificateManagerFullAccess', 'awscertificatemanagerfullaccess',
   '/', 'Provides full access to AWS Certificate Manager (ACM)', 1, 1423247986000, 1423247986000),
  ('arn:aws:iam::aws:policy/AWSCertificateManagerReadOnly', 'ANPA7VHEDPVL6GG2DRTZH', 'aws', 'AWSCertificateManagerReadOnly', 'awscertificatemanagerreadonly',
   '/', 'Provides read only access to AWS Certificate Manager (ACM).', 1, 1423247986000, 1423247986000),
  ('arn:aws:iam::aws:policy/AWSPrivateCAFullAccess', 'ANPACBIBPDVAIODJGLE3G', 'aws', 'AWSPrivateCAFullAccess', 'awsprivatecafullaccess',
   '/', 'Provides full access to AWS Private Certificate Authority', 1, 1423247986000, 1423247986000),
  ('arn:aws:iam::aws:policy/AWSPrivateCAReadOnly', 'ANPABZAPO2S47FLHSM3P6', 'aws', 'AWSPrivateCAReadOnly', 'awsprivatecareadonly',
   '/', 'Provides read only access to AWS Private Certificate Authority', 1, 1423247986000, 1423247986000),
  ('arn:aws:iam::aws:policy/IAMFullAccess', 'ANPA3TZ3DLWNZDHCZMM2K', 'aws', 'IAMFullAccess', 'iamfullaccess',
   '/', 'Provides full access to IAM', 1, 1423247986000, 1423247986000),
  ('arn:aws:iam::aws:policy/IAMReadOnlyAccess', 'ANPA55TE5VKFVFTCA6ZIB', 'aws', 'IAMReadOnlyAccess', 'iamreadonlyaccess',
   '/', 'Provides read only access to IAM', 1, 1423247986000, 1423247986000);

INSERT INTO iam_policy_version (policy_arn, version, created_at, document) VALUES
  ('arn:aws:iam::aws:policy/AdministratorAccess', 1, 1423247986000,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'),
  ('arn:aws:iam::aws:policy/AWSCertificateManagerFullAccess', 1, 1423247986000,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["acm:*"],"Resource":"*"}]}'),
  ('arn:aws:iam::aws:policy/AWSCertificateManagerReadOnly', 1, 1423247986000,
   '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["acm:DescribeCertificate","acm:ListCertificates","acm:GetCertificate","acm:ListTagsForCertificate","acm:GetAccountConfiguration"],"Resource":"*"}}'),
  ('arn:aws:iam::aws:policy/AWSPrivateCAFullAccess', 1, 1423247986000,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["acm-pca:*"],"Resource":"*"}]}'),
  ('arn:aws:iam::aws:policy/AWSPrivateCAReadOnly', 1, 1423247986000,
   '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["acm-pca:DescribeCertificateAuthority","acm-pca:DescribeCertificateAuthorityAuditReport","acm-pca:ListCertificateAuthorities","acm-pca:GetCertificateAuthorityCsr","acm-pca:GetCertificateAuthorityCertificate","acm-pca:GetCertificate","acm-pca:GetPolicy","acm-pca:ListPermissions","acm-pca:ListTags"],"Resource":"*"}}'),
  ('arn:aws:iam::aws:policy/IAMFullAccess', 1, 1423247986000,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:*"],"Resource":"*"}]}'),
  ('arn:aws:iam::aws:policy/IAMReadOnlyAccess', 1, 1423247986000,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:Get*","iam:List*"],"Resource":"*"}]}');
