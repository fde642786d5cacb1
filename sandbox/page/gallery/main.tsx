import { createRoot } from "react-dom/client";
import "slack-blocks-to-jsx/dist/style.css";
import "../styles/base.css";
import "../styles/layout.css";
import "../styles/messages.css";
import "../styles/library.css";
import "../styles/forms.css";
import "../styles/narrow.css";
import "./gallery.css";
import { Gallery } from "./gallery";

const place = document.getElementById("page");
if (place) createRoot(place).render(<Gallery />);
