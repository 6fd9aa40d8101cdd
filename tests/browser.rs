//! The desk as a browser shows it: headless Chromium through its driver, where both are installed.

use std::process::{Child, Command, Stdio};

use fantoccini::{ClientBuilder, Locator};

use crate::served::served;

/// A driver that runs until it is dropped.
struct Driver {
    child: Child,
    port: u16,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn driver() -> Option<Driver> {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("bound").port();
    drop(free);
    let child = Command::new("chromedriver")
        .arg(format!("--port={port}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match child {
        Ok(child) => Some(Driver { child, port }),
        Err(error) => {
            assert!(
                std::env::var_os("TESTS_NEED_BROWSER").is_none(),
                "chromedriver: {error}"
            );
            eprintln!("chromedriver is not installed: the desk was not looked at in a browser");
            None
        }
    }
}

#[test]
fn a_reader_finds_a_quote_and_follows_it_to_its_capture() {
    let Some(driver) = driver() else { return };
    let desk = served();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let options = serde_json::json!({"args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
            "--window-size=390,844",
        ]});
        let capabilities = [("goog:chromeOptions".to_string(), options)].into_iter().collect();
        let address = format!("http://127.0.0.1:{}", driver.port);
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        builder.capabilities(capabilities);
        let client = loop {
            match builder.connect(&address).await {
                Ok(client) => break client,
                Err(fantoccini::error::NewSessionError::Lost(_) | fantoccini::error::NewSessionError::Failed(_)) => {
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
                Err(error) => panic!("no browser: {error}"),
            }
        };
        client.goto(&format!("http://{}/", desk.address)).await.expect("the front page");
        let field = client.find(Locator::Id("q")).await.expect("a search field");
        field.send_keys("speaker:lima \"the landing\"").await.expect("typed");
        client.find(Locator::Css(".search button")).await.expect("a button").click().await.expect("sent");
        let words = client.wait().for_element(Locator::Css(".hit blockquote mark")).await.expect("a hit");
        assert_eq!(words.text().await.expect("text"), "The landing");
        let width = client
            .execute("return document.documentElement.scrollWidth - document.documentElement.clientWidth", vec![])
            .await
            .expect("measured");
        assert_eq!(width, 0, "nothing is wider than a phone");
        client.goto(&format!("http://{}/?kind=all", desk.address)).await.expect("everything");
        let facet = client.wait().for_element(Locator::Css(".facets li a")).await.expect("a facet");
        let name = facet.text().await.expect("a name");
        facet.click().await.expect("narrowed");
        client.wait().for_element(Locator::Css(".hit")).await.expect("a hit");
        let query = client.find(Locator::Id("q")).await.expect("a search field").prop("value").await.expect("read");
        assert!(query.as_ref().is_some_and(|query| query.ends_with(&format!(":\"{name}\""))), "{query:?}");
        client.goto(&format!("http://{}/?kind=dates", desk.address)).await.expect("the dates");
        let bar = client.wait().for_element(Locator::Css(".months a:not([tabindex])")).await;
        let address = bar.expect("a bar").attr("href").await.expect("read").expect("an address");
        client.goto(&format!("http://{}{address}", desk.address)).await.expect("the month");
        client.wait().for_element(Locator::Css(".hit")).await.expect("a hit of that month");
        client.goto(&format!("http://{}/?q=speaker:lima+%22the+landing%22", desk.address)).await.expect("again");
        client.find(Locator::Css(".hit blockquote a")).await.expect("a link").click().await.expect("followed");
        client.wait().for_element(Locator::Css("#citation")).await.expect("how to cite it");
        client.find(Locator::Css(".facts a[href^='/captures/']")).await.expect("a link").click().await.expect("followed");
        client.wait().for_element(Locator::Css(".good")).await.expect("the digests agree");
        client.close().await.expect("closed");
    });
}
